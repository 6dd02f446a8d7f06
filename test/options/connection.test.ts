import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ConfigError } from '../../src/core/errors.js';
import { clientIdOf, clientSecretOf } from '../../src/options/app.js';
import { configLookup, connectionOf } from '../../src/options/connection.js';
import type { Lookup } from '../../src/options/dotenv.js';
import type { CommandInput } from '../../src/options/input.js';
import { seconds } from '../../src/options/seconds.js';
import { checkSecret, checkValue } from '../../src/options/secrets.js';
import { authority } from '../hub/certificates.js';
import { testContext } from '../support/context.js';
import { folder } from '../support/folder.js';

function folderWith(files: Record<string, string> = {}): string {
  const path = folder();
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(path, name), text);
  }
  return path;
}

const ENV = { ONIFY_API_URL: 'https://hub', ONIFY_API_TOKEN: 'Bearer canary-token' };

/** How the Hub is reached with these options, environment and files. */
function connecting(
  given: {
    options?: CommandInput['options'];
    env?: Record<string, string>;
    files?: Record<string, string>;
    stdin?: string;
  } = {},
) {
  const context = testContext({ env: given.env ?? ENV, cwd: folderWith(given.files) });
  context.stdin.end(given.stdin ?? '');
  const input = { arguments: [], options: given.options ?? {} };
  const connect = async () => connectionOf(input, context, configLookup(input, context));
  return { context, connect };
}

describe('a value is taken from the flag, then the environment, then the .env', () => {
  const files = { '.env': 'ONIFY_API_URL=https://env-file\nONIFY_API_TOKEN=Bearer from-file\n' };

  test('the flag', async () => {
    const { connect } = connecting({ files, options: { apiUrl: 'https://flag' } });
    expect((await connect()).apiUrl).toBe('https://flag/api/v2');
  });

  test('the environment', async () => {
    expect((await connecting({ files }).connect()).apiUrl).toBe('https://hub/api/v2');
  });

  test('the .env', async () => {
    const { connect, context } = connecting({ files, env: {} });
    expect(await connect()).toMatchObject({
      apiUrl: 'https://env-file/api/v2',
      token: 'Bearer from-file',
    });
    expect(context.stderr()).toBe('');
  });

  test('an empty variable is as good as none', async () => {
    const env = { ONIFY_API_URL: '', ONIFY_API_TOKEN: '', FORTNOX_APP_CLIENTSECRET: '' };
    expect((await connecting({ files, env }).connect()).apiUrl).toBe('https://env-file/api/v2');
  });

  test('--dotenv in place of the .env', async () => {
    const both = {
      ...files,
      'prod.env': 'ONIFY_API_URL=https://prod\nONIFY_API_TOKEN=Bearer prod\n',
    };
    const { connect } = connecting({ files: both, env: {}, options: { dotenv: 'prod.env' } });
    expect((await connect()).apiUrl).toBe('https://prod/api/v2');
  });

  test('--dotenv must be there', async () => {
    const { connect } = connecting({ options: { dotenv: 'nowhere.env' } });
    await expect(connect()).rejects.toMatchObject({ code: 'dotenv_unreadable', exitCode: 2 });
  });

  test.each<[string, Record<string, string>]>([
    ['--dotenv', { dotenv: 'nowhere' }],
    ['--token-file', { tokenFile: 'nowhere' }],
    ['--ca-file', { caFile: 'nowhere' }],
  ])('a file of %s that is not there is called that', async (_flag, options) => {
    const { connect } = connecting({
      options,
      env: { ONIFY_API_URL: 'https://hub', ONIFY_API_TOKEN: 'Bearer x' },
    });
    await expect(connect()).rejects.toThrow('cannot be read: there is no such file.');
  });

  test.each(['ONIFY_INSECURE', 'HTTPS_PROXY', 'https_proxy', 'NODE_TLS_REJECT_UNAUTHORIZED'])(
    'but not %s, from a .env',
    async (name) => {
      const { connect, context } = connecting({ files: { '.env': `${name}=1\n` } });
      expect((await connect()).insecure).toBe(false);
      expect(context.output.warnings).toEqual([expect.stringMatching(/in \.env is ignored/)]);
    },
  );
});

describe('the address of the API', () => {
  test.each([
    ['https://hub.example.com', 'https://hub.example.com/api/v2'],
    ['https://hub.example.com:8181/', 'https://hub.example.com:8181/api/v2'],
    ['https://hub.example.com/api/v2', 'https://hub.example.com/api/v2'],
    ['https://hub.example.com/api/v2///', 'https://hub.example.com/api/v2'],
    ['https://hub.example.com/api', 'https://hub.example.com/api/v2'],
    ['https://example.com/onify/prod', 'https://example.com/onify/prod/api/v2'],
    ['https://example.com/onify/api/v2/', 'https://example.com/onify/api/v2'],
    [' http://127.0.0.1:8181\n', 'http://127.0.0.1:8181/api/v2'],
  ])('%j is %s', async (given, apiUrl) => {
    expect((await connecting({ options: { apiUrl: given } }).connect()).apiUrl).toBe(apiUrl);
  });

  test.each([
    'hub.example.com',
    'ftp://hub',
    'https://',
    'https://user@hub',
    'https://:canary-token@hub',
    'https://hub?token=canary-token',
    'https://hub#x',
    '${ONIFY_API_URL}',
  ])('%j is refused, and no value shown', async (apiUrl) => {
    const failure = await connecting({ options: { apiUrl } })
      .connect()
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({
      exitCode: 2,
      hint: expect.stringMatching(/--api-url or in ONIFY_API_URL/),
    });
    expect(`${failure} ${(failure as { hint: string }).hint}`).not.toContain('canary');
  });
});

describe('the token', () => {
  test.each([{ clientSecretFile: '-' }, { code: '-' }])(
    'and %j are not both read from stdin',
    async (other) => {
      const { connect } = connecting({ options: { tokenFile: '-', ...other } });
      await expect(connect()).rejects.toMatchObject({ code: 'stdin_used_twice', exitCode: 2 });
    },
  );

  test('is read from a file, without the line break at its end or a BOM', async () => {
    const files = { token: '\ufeffBearer from-a-file\r\n' };
    const { connect } = connecting({ files, options: { tokenFile: 'token' } });
    expect((await connect()).token).toBe('Bearer from-a-file');
  });

  test('is read from stdin', async () => {
    const { connect } = connecting({ stdin: 'Bearer from-stdin\n', options: { tokenFile: '-' } });
    expect((await connect()).token).toBe('Bearer from-stdin');
  });

  test.skipIf(process.platform === 'win32')(
    'in a file that others can read gets a warning',
    async () => {
      const { connect, context } = connecting({
        files: { token: 'Bearer x1234' },
        options: { tokenFile: 'token' },
      });
      chmodSync(join(context.cwd, 'token'), 0o644);
      await connect();
      expect(context.output.warnings).toEqual([
        expect.stringMatching(/token can be read by others.*chmod 600/),
      ]);
      chmodSync(join(context.cwd, 'token'), 0o600);
      await connect();
      expect(context.output.warnings).toHaveLength(1);
    },
  );

  test('is masked whole, without its scheme, and as what it is the base64 of', async () => {
    const encoded = Buffer.from('app:canary-app-secret').toString('base64');
    const { connect, context } = connecting({
      env: { ...ENV, ONIFY_API_TOKEN: `Bearer ${encoded}` },
    });
    await connect();
    expect(context.output.safe(`Bearer ${encoded}, ${encoded}, canary-app-secret`)).toBe(
      '****, ****, ****',
    );
  });
});

describe('a secret where a path belongs', () => {
  test.each(['Bearer canary-token', 'canary/token'])('is not shown: %j', async (tokenFile) => {
    const { connect, context } = connecting({ options: { tokenFile } });
    const failure = await connect().catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'secret_file_unreadable',
      exitCode: 2,
    });
    expect(`${failure} ${(failure as ConfigError).hint}`).not.toContain('canary');
    expect((failure as ConfigError).cause).toBeUndefined();
    expect(context.output.safe(tokenFile)).toBe('****');
  });
});

describe('a secret is refused', () => {
  const name = { what: 'The token', flag: '--token-file', variable: 'ONIFY_API_TOKEN' };

  test.each<[string, RegExp]>([
    ['', /is empty/],
    [' \n', /is empty/],
    ['${ONIFY_API_TOKEN}', /not filled in/],
    ['Bearer ${TOKEN}', /not filled in/],
    ['$ONIFY_API_TOKEN', /not filled in/],
    ['Bearer $(ONIFY_API_TOKEN)', /not filled in/],
    ['$' + '{{ secrets.TOKEN }}', /not filled in/],
    ['%ONIFY_API_TOKEN%', /not filled in/],
    ['"Bearer canary"', /stands in quotes/],
    ["'Bearer canary'", /stands in quotes/],
    ['Bearer\ncanary', /holds a line break/],
    ['Bearer canary…', /no header can carry/],
    ['*******', /is a mask/],
    ['•••', /is a mask/],
    ['Bearer ****', /is a mask/],
    ['Bearer …', /is a mask, not the value itself/],
    ['Bearer tökén', /no header can carry/],
  ])('%j', (given, sentence) => {
    const context = testContext();
    const check = () => checkSecret(context, name, given);
    expect(check).toThrow(sentence);
    expect(check).toThrow(
      expect.objectContaining({ exitCode: 2, hint: expect.stringContaining('ONIFY_API_TOKEN') }),
    );
    expect(check).not.toThrow(/canary/);
  });

  test.each(['Bearer abc==', 'a$b', 'p%c', "it's", 'half "quoted" only'])('but not %j', (given) => {
    expect(checkSecret(testContext(), name, ` ${given}\n`)).toBe(given);
  });

  test('a value that is none is checked alike, and its flag is named only where it has one', () => {
    const id = { what: 'The client id', variable: 'FORTNOX_APP_CLIENTID' };
    expect(() => checkValue(id, '$ID', 'code')).toThrow(
      expect.objectContaining({
        code: 'code',
        hint: 'Give it in FORTNOX_APP_CLIENTID, exactly as you got it.',
      }),
    );
  });
});

describe('a .env that nobody named', () => {
  const LEADING = {
    ONIFY_API_URL: 'https://somewhere',
    ONIFY_APP_URL: 'https://somewhere',
    ONIFY_CA_FILE: 'ca.pem',
  };
  const { ONIFY_API_TOKEN, ONIFY_API_URL } = ENV;
  const SECRETS: readonly { options?: CommandInput['options']; env?: Record<string, string> }[] = [
    { env: { ONIFY_API_TOKEN } },
    { env: { FORTNOX_APP_CLIENTSECRET: 'canary-secret' } },
    { options: { tokenFile: 'token' } },
    { options: { clientSecretFile: '-' } },
  ];
  const cases = Object.entries(LEADING).flatMap(([name, value]) =>
    SECRETS.flatMap((secret) =>
      [{}, { CI: 'true' }].map((ci) => [name, value, secret, ci] as const),
    ),
  );

  test.each(cases)(
    'gives no %s (%s) to a secret from elsewhere: %j, %j',
    async (name, value, secret, ci) => {
      const fromFile: Record<string, string> = { ONIFY_API_TOKEN, [name]: value };
      const lines = Object.entries(fromFile).map(([key, text]) => `${key}=${text}\n`);
      const given = {
        files: { '.env': lines.join(''), token: 'Bearer canary', 'ca.pem': authority },
        options: { ...secret.options },
        env: { ...(name !== 'ONIFY_API_URL' && { ONIFY_API_URL }), ...secret.env, ...ci },
      };
      await expect(connecting(given).connect()).rejects.toMatchObject({
        code: 'mixed_sources',
        exitCode: 2,
        hint: expect.stringContaining('--dotenv .env'),
      });
      const named = { ...given, options: { ...given.options, dotenv: '.env' } };
      await expect(connecting(named).connect()).resolves.toBeDefined();
    },
  );

  test('gives no token to a client secret from elsewhere', async () => {
    const { connect } = connecting({
      files: { '.env': `ONIFY_API_TOKEN=${ONIFY_API_TOKEN}\n` },
      env: { ONIFY_API_URL, FORTNOX_APP_CLIENTSECRET: 'canary-secret' },
    });
    await expect(connect()).rejects.toMatchObject({ code: 'mixed_sources' });
  });

  test.each<[string, (find: Lookup) => unknown]>([
    ['FORTNOX_APP_CLIENTID', (find) => clientIdOf(find)],
    ['FORTNOX_APP_CLIENTSECRET', (find) => find('FORTNOX_APP_CLIENTSECRET')],
  ])('gives no %s to a token from elsewhere', (name, take) => {
    const files = { '.env': `${name}=someone-elses\n` };
    const context = testContext({ env: ENV, cwd: folderWith(files) });
    const find = configLookup({ arguments: [], options: {} }, context);
    expect(() => take(find)).toThrow(expect.objectContaining({ code: 'mixed_sources' }));
  });
});

describe('plain http', () => {
  test.each([
    'http://hub',
    'http://10.0.0.1:8181',
    'http://localhost.example.com',
    'http://128.0.0.1',
  ])('to %s is refused', async (apiUrl) => {
    await expect(connecting({ options: { apiUrl } }).connect()).rejects.toMatchObject({
      code: 'api_url_not_encrypted',
      exitCode: 2,
    });
    const { connect } = connecting({ options: { apiUrl, insecure: true } });
    expect((await connect()).insecure).toBe(true);
  });

  test.each(['http://localhost:8181', 'http://127.0.0.1', 'http://127.1', 'http://[::1]:1'])(
    'to %s is this computer',
    async (apiUrl) => {
      await expect(connecting({ options: { apiUrl } }).connect()).resolves.toBeDefined();
    },
  );
});

describe('--insecure', () => {
  test.each<[string, CommandInput['options'], Record<string, string>]>([
    ['the flag', { insecure: true }, {}],
    ['1', {}, { ONIFY_INSECURE: '1' }],
    ['true', {}, { ONIFY_INSECURE: 'true' }],
    ['Yes', {}, { ONIFY_INSECURE: 'Yes' }],
  ])('by %s turns checks off, with a warning', async (_name, options, env) => {
    const { connect, context } = connecting({ options, env: { ...ENV, ...env } });
    expect((await connect()).insecure).toBe(true);
    expect(context.output.warnings).toEqual([expect.stringMatching(/not checked/)]);
  });

  test.each(['', '0', 'false', 'no'])('is not ONIFY_INSECURE=%s', async (value) => {
    const { connect } = connecting({ env: { ...ENV, ONIFY_INSECURE: value } });
    expect((await connect()).insecure).toBe(false);
  });

  test('is refused where it says neither', async () => {
    const { connect } = connecting({ env: { ...ENV, ONIFY_INSECURE: 'canary' } });
    await expect(connect()).rejects.toMatchObject({ code: 'insecure_malformed', exitCode: 2 });
  });
});

describe('--ca-file', () => {
  test('is read', async () => {
    const { connect } = connecting({
      files: { 'ca.pem': authority },
      options: { caFile: 'ca.pem' },
    });
    expect((await connect()).ca).toBe(authority);
  });

  test.each([
    ['nothing of the kind', 'hello'],
    ['a damaged certificate', authority.replace('MIIB', 'MIIX')],
  ])('with %s is refused before anything is sent', async (_name, text) => {
    const { connect } = connecting({ files: { 'ca.pem': text }, options: { caFile: 'ca.pem' } });
    await expect(connect()).rejects.toMatchObject({ code: 'ca_file_malformed', exitCode: 2 });
  });
});

describe('the client secret', () => {
  const given = (options: CommandInput['options'], env: Record<string, string> = {}) => {
    const context = testContext({ env, cwd: folderWith({ secret: 'canary-of-a-file\n' }) });
    const input = { arguments: [], options };
    return { context, found: clientSecretOf(input, context, configLookup(input, context)) };
  };

  test('is read from a file before the environment, and is not shown', async () => {
    const env = { FORTNOX_APP_CLIENTSECRET: 'canary-of-the-environment' };
    const { context, found } = given({ clientSecretFile: 'secret' }, env);
    expect(await found).toBe('canary-of-a-file');
    expect(context.output.safe('It is canary-of-a-file.')).not.toContain('canary');
  });

  test('is taken from the environment, and need not be given', async () => {
    expect(await given({}, { FORTNOX_APP_CLIENTSECRET: 'canary-secret' }).found).toBe(
      'canary-secret',
    );
    expect(await given({}).found).toBeUndefined();
  });
});

describe('a number of seconds', () => {
  test.each([
    ['30', 30],
    ['0.5', 0.5],
    [' 7 ', 7],
  ])('%j', (text, number) => {
    expect(seconds(text, '--timeout')).toBe(number);
  });

  test('names its limits, and repeats nothing', () => {
    expect(() => seconds('canary', '--timeout')).toThrow(
      /more than 0 and at most 86400 \(a day\)\.$/,
    );
  });

  test.each(['', '0', '-1', 'soon', '1e9', 'Infinity', 'NaN'])('is not %j', (text) => {
    expect(() => seconds(text, '--timeout')).toThrow(
      expect.objectContaining({ code: 'seconds_malformed' }),
    );
  });

  test.each<[string, Parameters<typeof connecting>[0]]>([
    ['--timeout', { options: { timeout: 'soon' } }],
    ['ONIFY_TIMEOUT', { env: { ...ENV, ONIFY_TIMEOUT: 'soon' } }],
  ])('for a request is told of as %s where it came from there', async (name, given) => {
    await expect(connecting(given).connect()).rejects.toThrow(
      expect.objectContaining({ message: expect.stringMatching(`^${name} takes`) }),
    );
  });

  test('is told of by the name that it was given with', () => {
    expect(() => seconds('soon', 'ONIFY_TIMEOUT')).toThrow(
      expect.objectContaining({ hint: 'Try ONIFY_TIMEOUT=30.' }),
    );
  });
});
