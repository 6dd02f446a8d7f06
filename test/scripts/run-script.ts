import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JavaScript } from '@onify/flow-extensions/FlowScripts';
import { SimulatedClock } from '../../sandbox/net/simulated-clock.js';
import { root } from '../flows/flow-world.js';

const folder = join(root, 'resources/scripts/fortnox');

/** How a script ended: what it handed to `next`, and what `environment.output` held then. */
export interface ScriptEnd {
  readonly error?: Error;
  readonly result?: unknown;
  readonly output: Record<string, unknown>;
}

/** What a script reads: `variables` and `output` of the environment, other names as they are. */
export interface Scope {
  readonly variables?: unknown;
  readonly output?: Record<string, unknown>;
  readonly [name: string]: unknown;
}

/**
 * Runs one script file in the Hub's own script host: none but the names that a Hub gives, no module, no network.
 *
 * @param file the file's name
 * @param scope what the script reads
 * @param now what its clock shows, in milliseconds since 1970; the real time where none is given
 */
export function runScript(file: string, scope: Scope, now?: number): Promise<ScriptEnd> {
  return runSource(readFileSync(join(folder, file), 'utf8'), file, scope, now);
}

/** Runs a script that stands in a flow's own file; else as `runScript`. */
export function runSource(
  source: string,
  file: string,
  { variables = {}, output = {}, ...names }: Scope,
  now?: number,
): Promise<ScriptEnd> {
  const context = now === undefined ? {} : { Date: new SimulatedClock(now).Date };
  const script = new JavaScript('test', source, context, {
    filename: file,
  });
  const environment = { variables, output };
  return new Promise((resolve) => {
    script.execute({ environment, ...names } as never, (error?: Error | null, result?: unknown) =>
      // What a script makes comes from another realm; a copy can be compared.
      resolve({
        ...(error && { error }),
        result: copy(result),
        output: copy(output) as Record<string, unknown>,
      }),
    );
  });
}

function copy(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
