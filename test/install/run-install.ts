import { join } from 'node:path';
import type { Sandbox, SandboxOptions } from '../../sandbox/sandbox.js';
import { run } from '../../src/commands/install.js';
import type { CommandInput } from '../../src/options/input.js';
import { type CommandEnd, runCommand, type TestContext, testContext } from '../support/context.js';
import { environmentOf, hub as startedHub } from '../support/hub.js';

/** What an installation in this process came to. */
interface Installed extends CommandEnd {
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
  return (await startedHub(options)).sandbox;
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
  const all = { ...environmentOf(sandbox), ...given.env };
  const env = Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const packageRoot = join(import.meta.dirname, '../..');
  const context = testContext({ env, packageRoot, verbose: given.verbose ?? false });
  given.start?.(context);
  return { ...(await runCommand(run, given.options ?? {}, context)), context };
}

/** @returns how many writes the Hub got so far */
export function writesTo(sandbox: Sandbox): number {
  return sandbox.faults.calls.filter(({ side, method }) => side === 'hub' && method !== 'GET')
    .length;
}
