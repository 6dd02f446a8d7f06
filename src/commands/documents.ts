import * as z from 'zod';

const error = z.strictObject({
  code: z.string().describe('stable; scripts may rely on it'),
  message: z.string(),
  hint: z.string().describe('what to do next'),
  exitCode: z.number().int(),
});

const common = {
  ok: z.boolean().describe('true exactly at exit code 0'),
  warnings: z.array(z.string()),
  error: error.optional(),
};

const change = z.strictObject({
  kind: z.enum(['resource', 'setting', 'workflow', 'form']),
  id: z.string().describe('a Hub path, a stored key, a workflow key or a form slug'),
  action: z.enum(['create', 'update', 'unchanged', 'unknown']),
  state: z.enum(['done', 'failed', 'pending']),
});

const time = z.iso.datetime().nullable();
const token = z.strictObject({ accessExpiresAt: time, refreshExpiresAt: time, scope: z.string() });

const finding = z.strictObject({
  rule: z.string(),
  severity: z.enum(['error', 'warning']),
  file: z.string(),
  element: z.string().optional(),
  line: z.number().int().optional(),
  column: z.number().int().optional(),
  message: z.string(),
});

/** What `--json` prints, by command. On failure only `command`, `ok`, `warnings` and `error` are sure to be there. */
export const documents = {
  install: z.strictObject({
    command: z.literal('install'),
    ...common,
    dryRun: z.boolean().optional(),
    changes: z.array(change).optional(),
    verified: z.boolean().nullable().optional().describe('null where the Hub cannot be asked'),
    requests: z.number().int().optional(),
    durationMs: z.number().optional(),
    next: z.array(z.string()).optional(),
  }),
  activate: z.strictObject({ command: z.literal('activate'), ...common, token: token.optional() }),
  refresh: z.strictObject({ command: z.literal('refresh'), ...common, token: token.optional() }),
  status: z.strictObject({
    command: z.literal('status'),
    ...common,
    blueprint: z.strictObject({ version: z.string(), changes: z.array(change) }).optional(),
    token: z
      .strictObject({
        state: z.enum(['missing', 'fresh', 'refresh-due', 'expiring', 'dead']),
        accessExpiresAt: time,
        refreshExpiresAt: time,
        tenantId: z.string().nullable(),
      })
      .optional(),
  }),
  validate: z.strictObject({
    command: z.literal('validate'),
    ...common,
    findings: z.array(finding).optional(),
    files: z.number().int().optional(),
    errors: z.number().int().optional(),
  }),
  completion: z.strictObject({
    command: z.literal('completion'),
    ...common,
    shell: z.string().optional(),
    script: z.string().optional(),
  }),
} as const;
