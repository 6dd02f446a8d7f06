import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  REGISTERED,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../sandbox/sandbox.js';
import { run } from '../../src/commands/install.js';
import { BlueprintError } from '../../src/core/errors.js';
import type { CommandInput } from '../../src/options/input.js';
import { type TestContext, testContext } from '../hub/world.js';

/** What an installation in this process came to. */
export interface Installed {
  readonly exitCode: number;
  /** The JSON document, or what a failure adds to it. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly lines: readonly string[];
  /** The failure, where there was one. */
  readonly error: BlueprintError | undefined;
  readonly context: TestContext;
}

/** A change as it stands in JSON. */
export interface ChangeDocument {
  readonly kind: string;
  readonly id: string;
  readonly action: string;
  readonly state: string;
}

/** @returns the changes of an installation, of one kind or of all */
export function changesOf({ json }: Installed, kind?: string): readonly ChangeDocument[] {
  const changes = (json.changes ?? []) as readonly ChangeDocument[];
  return kind === undefined ? changes : changes.filter((change) => change.kind === kind);
}

/** An embedded Hub for one test. */
export async function hub(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.stop());
  return sandbox;
}

/** A new folder, removed when the test ends. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'fortnox-install-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** How an installation is started. */
export interface Given {
  readonly options?: CommandInput['options'];
  /** In place of what leads to the Hub; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly verbose?: boolean;
  /** Told the context before it begins. */
  readonly start?: (context: TestContext) => void;
}

/** Installs this package's blueprint into a Hub, in this process. */
export async function install(sandbox: Sandbox, given: Given = {}): Promise<Installed> {
  const all = {
    ONIFY_API_URL: sandbox.apiUrl,
    ONIFY_API_TOKEN: sandbox.token,
    ONIFY_RESOURCES_DIR: sandbox.resourcesDir,
    FORTNOX_APP_CLIENTSECRET: REGISTERED.secret,
    ...given.env,
  };
  const env = Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const packageRoot = join(import.meta.dirname, '../..');
  const context = testContext({ env, packageRoot, verbose: given.verbose ?? false });
  given.start?.(context);
  try {
    const result = await run({ arguments: [], options: given.options ?? {} }, context);
    return { ...result, error: undefined, context };
  } catch (error) {
    if (!(error instanceof BlueprintError)) {
      throw error;
    }
    const { exitCode, report } = error;
    return { exitCode, json: report?.document ?? {}, lines: report?.lines ?? [], error, context };
  }
}

/** @returns how many writes the Hub got so far */
export function writesTo(sandbox: Sandbox): number {
  return sandbox.faults.calls.filter(({ side, method }) => side === 'hub' && method !== 'GET')
    .length;
}
