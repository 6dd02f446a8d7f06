import { describe, expect, test } from 'vitest';
import { cli } from '../support/run-cli.js';

const TOKEN = 'Bearer canary-Zm9ydG5veA';
const env = { ONIFY_API_URL: 'https://127.0.0.1:9', ONIFY_API_TOKEN: 'Bearer other-token' };

describe('a secret in a wrong place', () => {
  test.each([
    [['status', '--token-file', TOKEN]],
    [['install', '--skip', 'resources', '--client-secret-file', 'canary-secret']],
    [['status', '--timeout', TOKEN]],
    [['status', '--timeout', 'canary-secret']],
    [['install', '--wait', 'canary-secret']],
    [['install', '--skip', 'canary-secret']],
    [['status', '--ca-file', TOKEN]],
    [['status', '--dotenv', TOKEN]],
    [['status', '--api-url', TOKEN]],
    [['validate', '--format', 'canary-secret']],
    [['validate', TOKEN]],
    [['completion', 'canary-secret']],
    [['status', '--token', 'canary-secret']],
    [['status', '--token=canary-secret']],
    [['--token', 'canary-secret', 'status']],
    [['install', '--client-secret', 'canary-secret']],
    [[TOKEN]],
  ])('%j is not printed', async (argv) => {
    for (const more of [[], ['--verbose'], ['--json']]) {
      const ended = await cli([...argv, ...more], { env });
      expect(ended.code).toBe(2);
      expect(ended.stdout + ended.stderr).not.toMatch(/canary/);
    }
  });

  test.each([TOKEN, `invoice ${TOKEN}`, 'invoice,canary0Zm9ydG5veAZm9ydG5veA order'])(
    'as a scope it is not printed: %j',
    async (scopes) => {
      const ended = await cli(['activate', '--no-browser', '--scopes', scopes], { env: {} });
      expect(ended.code).toBe(2);
      expect(ended.said).toContain('Fortnox does not document a scope');
      expect(ended.stdout + ended.stderr).not.toMatch(/canary/);
    },
  );
});
