import { CLIENT_SECRET, FORM_PATH } from '../blueprint/manifest.js';
import type { Context } from '../core/context.js';
import { isRecord } from '../core/json.js';
import type { Probed, ProbeRequest, Prober } from '../hub/prober.js';
import type { Connection } from '../options/connection.js';
import { jsonOf } from './answer.js';
import { checkApp, FORM_READ } from './app.js';
import { attention, type Check, complete, ok, unknown } from './check.js';
import { checkConnection } from './connection.js';
import { type NextCommand, nextCommand, withNearbyApi } from './next.js';
import { openApiChecks, readOpenApi } from './openapi.js';
import { type Profile, unknownProfile } from './profile.js';
import { type Answers, contentChecks, FIRST_READ, presences, READS, tokenCheck } from './reads.js';
import { checkResources } from './resources.js';
import type { Outcome } from './scratch.js';
import { tryWrites } from './try-writes.js';

/** Every Hub has it: a document that lists it lists what an administrator may do. */
const IMPORT = 'POST /setup/database/config/import';

/** What was learnt of a Hub. */
interface Report {
  /** One for each thing there is, in their order. */
  readonly checks: readonly Check[];
  readonly profile: Profile;
  /** The command that comes next where nothing stands in the way. */
  readonly next: NextCommand;
}

/** What the doctor works with. */
interface Visit {
  readonly prober: Prober;
  readonly connection: Connection;
  readonly context: Context;
  /** The resources directory on this computer, where one was given. */
  readonly resourcesDir: string | undefined;
  readonly triesWrites: boolean;
}

/**
 * Learns a Hub before anything is written to it. It only reads, but for one scratch setting where it is asked to try
 * writes; at most 25 requests.
 *
 * @throws InterruptedError at Ctrl-C
 */
export async function examine(visit: Visit): Promise<Report> {
  const { prober, connection, context, resourcesDir, triesWrites } = visit;
  const first = await prober.probe(FIRST_READ);
  const { checks, isUsable } = checkConnection(first, connection, context.now());
  if (!isUsable) {
    const located = await withNearbyApi(checks, first, prober, connection.apiUrl);
    return { checks: complete(located), profile: unknownProfile(), next: 'doctor' };
  }
  context.output.progress('Reading what the Hub shows');
  const [reads, page] = await Promise.all([
    readAll(prober),
    connection.appUrl === undefined ? undefined : prober.probe(FORM_READ),
  ]);
  const resources = await checkResources(prober, reads.tree, reads.history, resourcesDir);
  const openApi = readOpenApi(reads.swagger);
  const app = checkApp(page, isExported(reads.export));
  const token = tokenCheck(reads);
  const mayWrite = triesWrites && token.state !== 'attention';
  if (mayWrite) {
    context.output.progress('Trying writes with a scratch setting');
  }
  const outcome = mayWrite ? await tryWrites(prober) : undefined;
  const has = presences(reads);
  const settings = outcome?.settings ?? unknownProfile().settings;
  const { has: documents, version } = openApi;
  return {
    next: nextCommand(first, reads.workflows),
    checks: complete([
      ...checks,
      token,
      ...openApiChecks(openApi),
      ...contentChecks(first, reads),
      ...resources.checks,
      app.check,
      writesCheck(triesWrites, outcome),
    ]),
    profile: {
      ...unknownProfile(),
      ...(version !== undefined && { apiVersion: version }),
      settings: {
        ...settings,
        passwords: settings.passwords === 'unknown' ? shownSecret(first) : settings.passwords,
        delete:
          settings.delete === 'unknown'
            ? documents('DELETE /admin/config/settings/{}', 'PUT /admin/config/settings/{}')
            : settings.delete,
      },
      workflows: {
        list: has.workflows,
        delete: documents('DELETE /admin/workflows/{}', IMPORT),
      },
      forms: {
        export: has.export,
        delete: documents('DELETE /admin/forms/{}', IMPORT),
      },
      resources: resources.profile,
      processes: {
        start: documents('POST /my/processes/start/{}', 'POST /my/workflows/run/{}'),
        list: has.processes,
      },
      swagger: openApi.swagger,
      app: app.app,
    },
  };
}

async function readAll(prober: Prober): Promise<Answers> {
  const send = async ([name, request]: [string, ProbeRequest]) =>
    [name, await prober.probe(request)] as const;
  const answers = await Promise.all(Object.entries(READS).map(send));
  return Object.fromEntries(answers) as Record<keyof typeof READS, Probed>;
}

/** Whether the form is in an export, whose envelope is documented nowhere. */
function isExported(probed: Probed): boolean {
  const slug = JSON.stringify(FORM_PATH.slice(FORM_PATH.lastIndexOf('/') + 1));
  return JSON.stringify(jsonOf(probed) ?? '').includes(`"slug":${slug}`);
}

/** A stored client secret tells whether passwords are masked; it is looked at and not kept. */
function shownSecret(first: Probed): Profile['settings']['passwords'] {
  const map = jsonOf(first);
  const value = isRecord(map) ? map[CLIENT_SECRET] : undefined;
  if (typeof value !== 'string' || value === '') {
    return 'unknown';
  }
  return /^[*•]+$/.test(value) ? 'masked' : 'readable';
}

function writesCheck(isAsked: boolean, outcome: Outcome | undefined): Check {
  if (!outcome) {
    return isAsked
      ? unknown('writes', 'Not tried with this token.')
      : unknown('writes', 'Not tried.', 'Add --try-writes: one scratch setting, taken away again.');
  }
  const { refused, left } = outcome;
  if (refused !== undefined) {
    const hint = 'The token needs the role admin, at the address of the API.';
    const stays = left === undefined ? '' : ` ${left} may have been written; delete it if so.`;
    return attention('writes', `No setting can be written: ${refused}`, hint + stays);
  }
  return left === undefined
    ? ok('writes', 'A setting could be written and taken away again.')
    : attention(
        'writes',
        `Settings can be written, but not deleted: ${left} stays.`,
        "Delete it on the settings page of the Hub's admin.",
      );
}
