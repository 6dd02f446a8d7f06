import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { APP_HELP, appOptions, readAppModes } from './app/options.js';
import { LOOPBACK } from './net/server.js';
import { REGISTERED, type Sandbox, type SandboxOptions, startSandbox } from './sandbox.js';

const HELP = `Starts the embedded Hub and the stand-in for Fortnox, on the loopback only.

  npm run sandbox -- [options]

  --port N            the Hub's API port (default 8181; 0: any free one)
  --fortnox-port N    the stand-in's port (default: any free one)
  --resources-dir D   the Hub's resources (default .sandbox/resources)
  --data-dir D        its settings and config (default .sandbox/data)
${APP_HELP}
  --json              print one JSON line when it is ready, then nothing

Ctrl-C ends it.
`;

interface Asked {
  readonly options: SandboxOptions;
  readonly isJson: boolean;
}

function asked(): Asked | undefined {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8181' },
      'fortnox-port': { type: 'string', default: '0' },
      'resources-dir': { type: 'string', default: join('.sandbox', 'resources') },
      'data-dir': { type: 'string', default: join('.sandbox', 'data') },
      ...appOptions,
      host: { type: 'string', default: LOOPBACK },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    return undefined;
  }
  if (values.host !== LOOPBACK && values.host !== 'localhost') {
    throw new Error(
      `The sandbox listens on ${LOOPBACK} only, not on ${values.host}: it has a token that anyone may see.`,
    );
  }
  const port = (text: string, option: string) => {
    const number = Number(text);
    if (Number.isInteger(number) && number >= 0 && number <= 65_535) {
      return number;
    }
    throw new Error(`${option} takes a port from 0 to 65535, not "${text}".`);
  };
  return {
    isJson: values.json,
    options: {
      port: port(values.port, '--port'),
      fortnoxPort: port(values['fortnox-port'], '--fortnox-port'),
      appPort: port(values['app-port'] ?? (values.port === '0' ? '0' : '3000'), '--app-port'),
      appModes: readAppModes(values),
      resourcesDir: resolve(values['resources-dir']),
      dataDir: resolve(values['data-dir']),
    },
  };
}

function ready(sandbox: Sandbox): string {
  const { apiUrl, appUrl, fortnoxUrl, token, resourcesDir } = sandbox;
  const login =
    sandbox.appModes.login === 'required' ? `\n  Login        admin, ${sandbox.appPassword}` : '';
  return `The embedded Hub is ready. Ctrl-C ends it.

  Hub API      ${apiUrl}
  Web app      ${appUrl}${login}
  Fortnox      ${fortnoxUrl} (stand-in)
  Resources    ${resourcesDir}

To install into it, in another terminal in this folder:

  export ONIFY_API_URL=${apiUrl}
  export ONIFY_RESOURCES_DIR=${resourcesDir}
  export ONIFY_API_TOKEN='${token}'
  export FORTNOX_APP_CLIENTSECRET=${REGISTERED.secret}
  npx fortnox-blueprint install

Then open the form in a browser: ${appUrl}/form/fortnox-activate

The token is made anew at every start and is good for nothing else.
`;
}

async function main(): Promise<void> {
  const wanted = asked();
  if (!wanted) {
    process.stdout.write(HELP);
    return;
  }
  const sandbox = await startSandbox(wanted.options);
  let isEnding = false;
  const end = () => {
    if (isEnding) {
      return;
    }
    isEnding = true;
    sandbox.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  const { apiUrl, appUrl, fortnoxUrl, token, resourcesDir } = sandbox;
  process.stdout.write(
    wanted.isJson
      ? `${JSON.stringify({ apiUrl, appUrl, fortnoxUrl, token, resourcesDir })}\n`
      : ready(sandbox),
  );
}

main().catch((error: NodeJS.ErrnoException & { port?: number }) => {
  const text =
    error.code === 'EADDRINUSE'
      ? `Port ${error.port} is in use. Choose another with --port, --app-port or --fortnox-port; 0 takes any free one.`
      : error.message;
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
});
