import { TAG, WORKFLOWS } from '../blueprint/manifest.js';
import { isRecord } from '../core/json.js';
import type { Probed, ProbeRequest } from '../hub/prober.js';
import { jsonOf, type Presence, presenceOf, reasonOf, statusOf } from './answer.js';
import { attention, type Check, ok, unknown } from './check.js';

/** The list of settings: documented, open to any token, and so the first that is asked for. */
export const FIRST_READ: ProbeRequest = {
  method: 'GET',
  path: '/my/config/settings',
  query: { tag: TAG },
};

/** What is asked for when the first read was answered; all at the same time. */
export const READS = {
  workflows: get('/admin/workflows', { pagesize: '100', query: TAG }),
  export: get('/setup/database/config/export'),
  tree: get('/admin/resources', { tree: 'true' }),
  history: get('/admin/resources/history'),
  processes: get('/admin/processes', { pagesize: '100', query: WORKFLOWS.schedule }),
  swagger: { ...get('/swagger.json'), below: 'host' },
} as const satisfies Readonly<Record<string, ProbeRequest>>;

/** What came back to each read. */
export type Answers = Readonly<Record<keyof typeof READS, Probed>>;

const hasRecords = (json: unknown) => isRecord(json) && Array.isArray(json.records);

/** @returns the records of a list; none where there is no list */
export const recordsOf = (probed: Probed): readonly unknown[] => {
  const json = jsonOf(probed);
  return isRecord(json) && Array.isArray(json.records) ? json.records : [];
};

/** @returns whether the Hub has the list of workflows, the export and the list of processes */
export function presences(reads: Answers): Record<'workflows' | 'export' | 'processes', Presence> {
  return {
    workflows: presenceOf(reads.workflows, hasRecords),
    // The envelope of an export is documented nowhere.
    export: presenceOf(reads.export, (json) => isRecord(json) || Array.isArray(json)),
    processes: presenceOf(reads.processes, hasRecords),
  };
}

/** @returns what the token may do, by the reads that need the role admin */
export function tokenCheck(reads: Answers): Check {
  const { workflows, export: exported, tree, history, processes } = reads;
  const all = [workflows, exported, tree, history, processes];
  const isAllowed = all.some((probed) => jsonOf(probed) !== undefined);
  const refused = all.find((probed) => [401, 403].includes(statusOf(probed) ?? 0));
  if (refused && !isAllowed) {
    const hint = 'Use the token of a user or an app that has the role admin.';
    return attention('token', 'The token does not have the role admin.', hint);
  }
  if (isAllowed) {
    return ok('token', 'It has the role admin.');
  }
  const text = 'No read that needs the role admin is answered here.';
  const hint =
    "If this is the web app's address, give the API's; it usually listens on 8181. Otherwise --try-writes tells.";
  return unknown('token', text, hint);
}

/** @returns what the Hub shows of its settings and workflows, its forms and the daily refresh */
export function contentChecks(first: Probed, reads: Answers): Check[] {
  const map = jsonOf(first);
  const settings = Object.keys(isRecord(map) ? map : {}).length;
  const has = presences(reads);
  const workflows = recordsOf(reads.workflows);
  const isInstalled = workflows.some((one) => isRecord(one) && one.key === WORKFLOWS.schedule);
  return [
    ok('settings', `They can be read; ${forFortnox(settings)}.`),
    has.workflows === 'works'
      ? ok('workflows', `They can be listed; ${forFortnox(workflows.length)}.`)
      : shownCheck('workflows', reads.workflows, has.workflows, 'no list of workflows'),
    has.export === 'works'
      ? ok('forms', 'The export shows them.')
      : shownCheck('forms', reads.export, has.export, 'no export, which alone shows forms'),
    scheduleCheck(reads.processes, has.processes, isInstalled),
  ];
}

function scheduleCheck(probed: Probed, presence: Presence, isInstalled: boolean): Check {
  if (presence !== 'works') {
    return shownCheck('schedule', probed, presence, 'no list of processes');
  }
  const isRunning = recordsOf(probed).some((one) => isRecord(one) && isOpen(one));
  if (isRunning) {
    return ok('schedule', 'The daily refresh is running.');
  }
  return isInstalled
    ? attention(
        'schedule',
        'The daily refresh is not running.',
        `Start the workflow ${WORKFLOWS.schedule} once, in the Hub or by fortnox-blueprint install.`,
      )
    : ok('schedule', 'The Hub shows what runs; install starts the daily refresh.');
}

const isOpen = ({ enddate }: Record<string, unknown>) =>
  enddate === undefined || enddate === null || enddate === '';

const forFortnox = (count: number) => `${count || 'none'} for Fortnox${count ? '' : ' yet'}`;

function shownCheck(id: Check['id'], probed: Probed, presence: Presence, what: string): Check {
  if ([401, 403].includes(statusOf(probed) ?? 0)) {
    return unknown(id, 'Not shown to this token.');
  }
  return unknown(id, presence === 'missing' ? `The Hub has ${what}.` : reasonOf(probed));
}

function get(path: string, query?: Readonly<Record<string, string>>): ProbeRequest {
  return { method: 'GET', path, ...(query && { query }) };
}
