/** A mode: its values, the usual one first; what it stands for; and the endpoints that are there where it is `true`. */
interface ModeRow<Value> {
  readonly values: readonly [usual: Value, ...others: Value[]];
  readonly about: string;
  readonly routes?: readonly string[];
}

/**
 * How the embedded Hub behaves where no public source says how a real one does, or where real ones differ. The usual
 * value is what is likeliest; tests run every one.
 */
export const HUB_MODES = {
  putMissing: choice('PUT on a setting that is missing', 'creates', 'not-found'),
  put: choice('what PUT does with fields that are left out', 'merges', 'replaces'),
  postExisting: choice('POST on a setting that exists', 'overwrites', 'conflict'),
  passwords: choice('passwords in what a flow reads', 'readable', 'masked'),
  search: choice('when a list shows a write without refresh=true', 'immediate', 'lags'),
  settingsMap: choice('whether a list lacks an entry now and then', 'complete', 'gaps'),
  settingRecord: endpoint(
    'one setting, read, changed and deleted by an administrator',
    'GET /admin/config/settings/:key',
    'PATCH /admin/config/settings/:key',
    'DELETE /admin/config/settings/:key',
  ),
  configExport: endpoint('the export of forms and workflows', 'GET /setup/database/config/export'),
  workflowsDelete: endpoint('deleting a workflow', 'DELETE /admin/workflows/:key'),
  formsDelete: endpoint('deleting a form', 'DELETE /admin/forms/:key'),
  workflowsList: endpoint('the list of workflows', 'GET /admin/workflows'),
  resourcesApi: endpoint(
    'the reads of resources',
    'GET /admin/resources',
    'GET /admin/resources/file',
  ),
  git: choice(
    'where resources come from: a mounted directory; Git, at each sync; mounted, and no history',
    'none',
    'synced',
    'missing',
  ),
  resourcesDirectory: choice(
    'the permissions of the resources directory, which root does not heed',
    'writable',
    'read-only',
  ),
  processStart: endpoint(
    'starting a process without waiting for it',
    'POST /my/processes/start/:key',
    'POST /admin/processes/start/:key',
  ),
  processesList: endpoint('the list of processes', 'GET /admin/processes'),
  schedule: choice('what arms a timer start', 'start', 'import', 'nothing'),
  restart: choice('what becomes of running processes when the Hub is killed', 'forgets', 'resumes'),
  failures: choice('the status of a run that failed', '502', '500'),
  mail: endpoint('mail, where it is configured', 'POST /tools/sendmail'),
  swagger: endpoint('the OpenAPI document and its page', 'GET /swagger.json', 'GET /documentation'),
  app: choice('the web app: with Pug forms, or without (Helix alone)', 'pug', 'none'),
  encrypt: endpoint('encrypt() and decrypt() in scripts'),
  generateUuid: endpoint('functions.generateUuid() in scripts'),
} as const;

/** The values of every mode. */
export type HubModes = {
  -readonly [Name in keyof typeof HUB_MODES]: (typeof HUB_MODES)[Name]['values'][number];
};

/** The modes of the settings. */
export type SettingsModes = Pick<
  HubModes,
  'putMissing' | 'put' | 'postExisting' | 'passwords' | 'search' | 'settingsMap'
>;

/** The modes that a sandbox starts with. */
export const usualModes = Object.fromEntries(
  Object.entries(HUB_MODES).map(([name, { values }]) => [name, values[0]]),
) as HubModes;

/** @returns whether an endpoint, such as `GET /admin/workflows`, is there in these modes */
export function isThere(route: string, modes: HubModes): boolean {
  if (route === 'GET /admin/resources/history') {
    return modes.git !== 'missing';
  }
  return Object.entries(HUB_MODES).every(
    ([name, { routes = [] }]: [string, ModeRow<unknown>]) =>
      modes[name as keyof HubModes] !== false || !routes.includes(route),
  );
}

function choice<const Value extends string>(
  about: string,
  ...values: readonly [Value, ...Value[]]
): ModeRow<Value> {
  return { values, about };
}

function endpoint(about: string, ...routes: readonly string[]): ModeRow<boolean> {
  return { values: [true, false], about, routes };
}
