import { type Asked, asked, HELP } from './options.js';
import { REGISTERED, type Sandbox, startSandbox } from './sandbox.js';

function ready(sandbox: Sandbox, token: string): string {
  const { apiUrl, appUrl, fortnoxUrl, resourcesDir } = sandbox;
  const login =
    sandbox.appModes.login === 'required' ? `\n  Login        admin, ${sandbox.appPassword}` : '';
  return `The embedded Hub is ready. Ctrl-C ends it.

  Hub API      ${apiUrl}
  Web app      ${appUrl}${login}
  Fortnox      ${fortnoxUrl} (stand-in)
  Resources    ${resourcesDir}

To install into it, in another terminal in this folder:

  export ONIFY_API_URL=${apiUrl}
  export ONIFY_APP_URL=${appUrl}
  export ONIFY_RESOURCES_DIR=${resourcesDir}
  export ONIFY_API_TOKEN='${token}'
  export FORTNOX_APP_CLIENTSECRET=${REGISTERED.secret}
  npx fortnox-blueprint install

Then open the form in a browser: ${appUrl}/form/fortnox-activate

At the next start settings, forms, workflows, schedules and resources are there again. The token is made anew, the clock
is right again, and processes, faults and what is connected in Fortnox are gone.
`;
}

async function start({ options, faults, clockSeconds, authorize }: Asked): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  sandbox.clock.advance(clockSeconds);
  Object.assign(sandbox.authorize, authorize);
  for (const fault of faults) {
    sandbox.faults.order(fault);
  }
  return sandbox;
}

async function main(): Promise<void> {
  const requested = asked(process.argv.slice(2));
  if (!requested) {
    process.stdout.write(HELP);
    return;
  }
  const sandbox = await start(requested);
  if (requested.isCallShown) {
    sandbox.faults.onNote = (call) => {
      const { at, side, method, path, status, fault = '' } = call;
      const time = new Date(at).toISOString();
      process.stderr.write(`${time} ${side} ${method} ${path} ${status ?? 'no answer'} ${fault}\n`);
    };
  }
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
  const { apiUrl, appUrl, fortnoxUrl, resourcesDir } = sandbox;
  const token = requested.tokenRole === 'admin' ? sandbox.token : sandbox.userToken;
  process.stdout.write(
    requested.isJson
      ? `${JSON.stringify({ apiUrl, appUrl, fortnoxUrl, token, resourcesDir })}\n`
      : ready(sandbox, token),
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
