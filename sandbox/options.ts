import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { APP_HELP, appOptions, readAppModes } from './app/options.js';
import { CONTROL_HELP } from './control.js';
import type { AuthorizeSwitch } from './fortnox/authorize.js';
import { FORTNOX_HELP, fortnoxOptions, readFortnoxOptions } from './fortnox/options.js';
import { HUB_HELP, hubOptions, readHubOptions } from './hub/options.js';
import type { FaultOrder } from './net/faults.js';
import { NET_HELP, netOptions, readNetOptions } from './net/options.js';
import { LOOPBACK } from './net/server.js';
import type { SandboxOptions } from './types.js';

/** What `--help` prints. */
export const HELP = `Starts the embedded Hub and the stand-in for Fortnox, on the loopback only.

  npm run sandbox -- [options]

  --port N                    the Hub's API port (default 8181; 0: any free one)
  --fortnox-port N            the stand-in's port (default: any free one)
  --resources-dir D           the Hub's resources (default .sandbox/resources)
  --data-dir D                its settings and config (default .sandbox/data)
  --token-role ROLE           the token that is printed is that of an admin (default) or a user
  --json                      print one JSON line when it is ready, then nothing

Ctrl-C ends it. The next start has the settings, forms, workflows, schedules and resources of before, from these
folders; the token is a new one, the clock is right again, and processes, faults and what is connected in Fortnox are
gone.

${HUB_HELP}
${NET_HELP}
${FORTNOX_HELP}
The web app:

${APP_HELP}
${CONTROL_HELP}`;

/** What the command line asks for. */
export interface Asked {
  readonly options: SandboxOptions;
  readonly authorize: AuthorizeSwitch;
  readonly faults: readonly FaultOrder[];
  readonly clockSeconds: number;
  readonly tokenRole: 'admin' | 'user';
  readonly isJson: boolean;
  readonly isCallShown: boolean;
}

/**
 * Reads the command line.
 *
 * @returns undefined where it asks for help
 * @throws Error with a sentence when an option is not known, or has a value that it doesn't take
 */
export function asked(args: string[]): Asked | undefined {
  const { values } = parsed({
    args,
    options: {
      port: { type: 'string', default: '8181' },
      'fortnox-port': { type: 'string', default: '0' },
      'resources-dir': { type: 'string', default: join('.sandbox', 'resources') },
      'data-dir': { type: 'string', default: join('.sandbox', 'data') },
      'token-role': { type: 'string', default: 'admin' },
      ...hubOptions,
      ...netOptions,
      ...fortnoxOptions,
      ...appOptions,
      host: { type: 'string', default: LOOPBACK },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    return undefined;
  }
  const { host, 'token-role': tokenRole } = values;
  if (host !== LOOPBACK && host !== 'localhost') {
    throw new Error(
      `The sandbox listens on ${LOOPBACK} only, not on ${host}: it has a token that anyone may see.`,
    );
  }
  if (tokenRole !== 'admin' && tokenRole !== 'user') {
    throw new Error(`--token-role takes admin or user, not "${tokenRole}".`);
  }
  const { latency, tls, ...net } = readNetOptions(values);
  const { modes: fortnoxModes, authorize } = readFortnoxOptions(values);
  return {
    ...net,
    authorize,
    tokenRole,
    isJson: values.json,
    isCallShown: values.calls,
    options: {
      ...readHubOptions(values),
      latency,
      tls,
      fortnoxModes,
      port: port(values.port, '--port'),
      fortnoxPort: port(values['fortnox-port'], '--fortnox-port'),
      appPort: port(values['app-port'] ?? (values.port === '0' ? '0' : '3000'), '--app-port'),
      appModes: readAppModes(values),
      resourcesDir: resolve(values['resources-dir']),
      dataDir: resolve(values['data-dir']),
    },
  };
}

/** As `parseArgs`, with sentences of its own. */
const parsed: typeof parseArgs = (config) => {
  try {
    return parseArgs(config);
  } catch (error) {
    const { message } = error as Error;
    const [, name] = /^Unknown option '([^']*)'/.exec(message) ?? [];
    const [, word] = /^Unexpected argument '([^']*)'/.exec(message) ?? [];
    const problem =
      name !== undefined
        ? `There is no option ${name}.`
        : word !== undefined
          ? `"${word}" is not an option; the sandbox takes no other words.`
          : `${message}.`;
    throw new Error(`${problem} --help lists every option.`, { cause: error });
  }
};

function port(text: string, option: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number <= 65_535) {
    return number;
  }
  throw new Error(`${option} takes a port from 0 to 65535, not "${text}".`);
}
