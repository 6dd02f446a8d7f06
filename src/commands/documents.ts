import * as z from 'zod';
import { CHECK_IDS } from '../doctor/check.js';
import { PROFILE_VALUES } from '../doctor/profile.js';

const error = z.strictObject({
  code: z.string().describe('stable; scripts may rely on it'),
  message: z.string(),
  hint: z.string().describe('what to do next'),
  exitCode: z.number().int(),
});

const common = {
  ok: z.boolean().describe('true exactly at exit code 0'),
  hub: z.string().optional().describe('the API that was asked, where one was'),
  warnings: z.array(z.string()),
  error: error.optional(),
};

const change = z.strictObject({
  kind: z.enum(['resource', 'setting', 'workflow', 'form']),
  id: z.string().describe('a Hub path, a stored key, a workflow key or a form slug'),
  action: z.enum(['create', 'update', 'delete', 'unchanged', 'unknown']),
  state: z.enum(['done', 'failed', 'pending']),
});

const versions = z.strictObject({
  installed: z.string().nullable().describe('null where no install record tells it'),
  shipped: z.string(),
});

const time = z.iso.datetime().nullable();
const tenantId = z.string().nullable();
const token = z.strictObject({
  accessExpiresAt: time,
  refreshExpiresAt: time,
  scope: z.string(),
  tenantId,
});

const finding = z.strictObject({
  rule: z.string(),
  severity: z.enum(['error', 'warning']),
  file: z.string(),
  element: z.string().optional(),
  line: z.number().int().optional(),
  column: z.number().int().optional(),
  message: z.string(),
});

const check = z.strictObject({
  id: z.enum(CHECK_IDS),
  state: z.enum(['ok', 'attention', 'unknown']),
  message: z.string(),
  hint: z.string().optional(),
});

const { settings, workflows, forms, resources, processes } = PROFILE_VALUES;
const profile = z.strictObject({
  format: z.literal(1),
  apiVersion: z.string().optional(),
  settings: z.strictObject({
    put: oneOf(settings.put),
    putFields: oneOf(settings.putFields),
    post: oneOf(settings.post),
    passwords: oneOf(settings.passwords),
    delete: oneOf(settings.delete),
    search: oneOf(settings.search),
  }),
  workflows: z.strictObject({ list: oneOf(workflows.list), delete: oneOf(workflows.delete) }),
  forms: z.strictObject({ export: oneOf(forms.export), delete: oneOf(forms.delete) }),
  resources: z.strictObject({
    api: oneOf(resources.api),
    directory: oneOf(resources.directory),
    git: oneOf(resources.git),
  }),
  processes: z.strictObject({ start: oneOf(processes.start), list: oneOf(processes.list) }),
  failures: oneOf(PROFILE_VALUES.failures),
  swagger: oneOf(PROFILE_VALUES.swagger),
  app: oneOf(PROFILE_VALUES.app),
});

/** What each command's own part of the document holds where it did not fail. */
const results = {
  install: z.strictObject({
    dryRun: z.boolean(),
    changes: z.array(change),
    verified: z.boolean().nullable().describe('null where the Hub cannot be asked'),
    requests: z.number().int(),
    durationMs: z.number(),
    next: z.array(z.string()),
    version: versions,
    schedule: z
      .enum(['started', 'running', 'untouched', 'by-hand'])
      .describe('of the daily refresh; by-hand: next says what to do'),
    diff: z.string().optional().describe('with --diff: unified, secrets masked'),
  }),
  uninstall: z.strictObject({
    dryRun: z.boolean(),
    changes: z.array(change),
    left: z.array(
      z.strictObject({
        kind: z.enum(['resource', 'setting', 'workflow', 'form', 'process']),
        id: z.string(),
        why: z.string().describe('why it stays, and where to delete it'),
      }),
    ),
  }),
  activate: z.strictObject({
    token,
    company: z.string().nullable().describe('its name, where the scopes allow to ask for it'),
  }),
  refresh: z.strictObject({ token }),
  disconnect: z.strictObject({
    disconnected: z.boolean().describe('false where nothing was connected, or the answer was no'),
    revoked: z.boolean().describe('whether Fortnox took the revocation'),
    tenantId: z.string().nullable(),
    company: z.string().nullable(),
  }),
  status: z.strictObject({
    blueprint: z.strictObject({
      version: z.string(),
      installed: z.string().nullable().describe('null where no install record tells it'),
      changes: z.array(change),
    }),
    schedule: z
      .enum(['running', 'missing', 'unknown'])
      .describe('of the daily refresh, as far as the Hub shows it'),
    lastFailure: z
      .strictObject({ at: z.iso.datetime(), message: z.string() })
      .nullable()
      .describe('the last failed run of the refresh since the activation, where the Hub shows one'),
    check: z.enum(['passed', 'failed']).nullable().describe('with --check: how the refresh went'),
    attention: z.array(z.string()).describe('why it is exit code 8, a sentence each'),
    token: z.strictObject({
      state: z.enum(['missing', 'fresh', 'refresh-due', 'expiring', 'dead']),
      accessExpiresAt: time,
      refreshExpiresAt: time,
      tenantId,
      refreshedAt: time,
      connectedAt: time.describe('when it was activated; null where an older version did that'),
    }),
  }),
  validate: z.strictObject({
    findings: z.array(finding),
    files: z.number().int(),
    errors: z.number().int(),
    silenced: z
      .number()
      .int()
      .describe('findings that do not count: by a comment where they stand, or by the baseline'),
    gone: z.number().int().describe('entries of the baseline that are found no longer'),
  }),
  doctor: z.strictObject({
    checks: z.array(check),
    profile: profile.describe('how the Hub behaves; unknown where nothing could tell'),
    requests: z.number().int(),
  }),
  completion: z.strictObject({ shell: z.string(), script: z.string() }),
} as const;

/** A command, by the name that a command line begins with. */
export type CommandName = keyof typeof results;

/** A command's own part of its JSON document; a type alone, so that no command loads zod for it. */
export type Result<Name extends CommandName> = {
  [N in Name]: Frozen<z.infer<(typeof results)[N]>>;
}[Name];

type Frozen<T> = T extends object ? { readonly [Key in keyof T]: Frozen<T[Key]> } : T;

/**
 * What `--json` prints, by command, for `schemas/`. On failure only `command`, `ok`, `warnings` and `error` are sure to
 * be there.
 *
 * @internal
 */
export const documents: Readonly<Record<CommandName, z.ZodObject>> = {
  install: documentOf('install'),
  uninstall: documentOf('uninstall'),
  activate: documentOf('activate'),
  refresh: documentOf('refresh'),
  disconnect: documentOf('disconnect'),
  status: documentOf('status'),
  validate: documentOf('validate'),
  doctor: documentOf('doctor'),
  completion: documentOf('completion'),
};

/** One of the values of a part of a profile, or that it could not be told. */
function oneOf<const Value extends string>(values: readonly Value[]) {
  return z.enum([...values, 'unknown']);
}

function documentOf(name: CommandName): z.ZodObject {
  const own: z.ZodObject = results[name];
  return z.strictObject({ command: z.literal(name), ...common, ...own.partial().shape });
}
