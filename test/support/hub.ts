import { onTestFinished } from 'vitest';
import {
  REGISTERED,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../sandbox/sandbox.js';
import { cli } from './run-cli.js';

/** A Hub, and the environment that leads the program to it. */
interface Started {
  readonly sandbox: Sandbox;
  readonly env: Record<string, string>;
}

/** An embedded Hub for one test. */
export async function hub(options: SandboxOptions = {}): Promise<Started> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.stop());
  return { sandbox, env: environmentOf(sandbox) };
}

/** @returns the environment that leads the program to a Hub */
export function environmentOf(sandbox: Sandbox): Record<string, string> {
  return {
    ONIFY_API_URL: sandbox.apiUrl,
    ONIFY_API_TOKEN: sandbox.token,
    ONIFY_RESOURCES_DIR: sandbox.resourcesDir,
    FORTNOX_APP_CLIENTSECRET: REGISTERED.secret,
  };
}

/** A Hub that the blueprint is installed in already, by the program itself. */
export async function installedHub(options: SandboxOptions = {}): Promise<Started> {
  const started = await hub(options);
  const installed = await cli(['install'], { env: started.env });
  if (installed.code !== 0) {
    throw new Error(installed.stderr);
  }
  return started;
}

/** Approves at the stand-in as a system administrator does, of the usual company or of another. @returns a code */
export function consent(sandbox: Sandbox, company = sandbox.fortnox.company()): string {
  const scope = 'customer invoice';
  return sandbox.fortnox.approve(REGISTERED.id, 'http://localhost:2022', scope, true, company);
}

/** A Hub that is connected to Fortnox as well. */
export async function connectedHub(options: SandboxOptions = {}): Promise<Started> {
  const started = await installedHub(options);
  const stdin = consent(started.sandbox);
  const activated = await cli(['activate', '--code', '-'], { env: started.env, stdin });
  if (activated.code !== 0) {
    throw new Error(activated.stderr);
  }
  return started;
}

/** The token that is stored in the Hub. */
export function storedToken(sandbox: Sandbox): Record<string, unknown> {
  return JSON.parse(String(sandbox.settings().get('_fortnox_access_token')?.value));
}
