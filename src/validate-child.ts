import { readFileSync, writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { ownRules } from './blueprint/rules.js';
import { BlueprintError } from './core/errors.js';
import { type Line, PARENT, type Task, validateBlueprint, type Watch } from './validate/index.js';

// The process that reads a blueprint of any origin for `validate`, which ends it when it takes too long. It takes its
// task from stdin and prints a line for each file, at once: whoever waits has to know where Node itself ended.
const STDIN = 0;
const STDOUT = 1;
/** Megabytes: the thread that watches does next to nothing. */
const SMALL = { resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 } };

/** Milliseconds until a pipe that is full is tried again. */
const PIPE_FULL_MS = 5;
const NOTHING = new Int32Array(new SharedArrayBuffer(4));

const print = (line: Line) => writeAll(Buffer.from(`${JSON.stringify(line)}\n`));

try {
  const { root, requested, skipped, ms } = JSON.parse(readFileSync(STDIN, 'utf8')) as Task;
  const workerData: Watch = { parent: PARENT, ms };
  new Worker(new URL('./validate-watch.js', import.meta.url), { workerData, ...SMALL }).unref();
  const options = { ...ownRules(root), ...requested, skipped, onProgress: print };
  print({ report: await validateBlueprint(root, options) });
} catch (error) {
  print(
    error instanceof BlueprintError
      ? { failure: { ...error, message: error.message } }
      : {
          bug:
            error instanceof Error ? textsOf(error) : { message: String(error), stack: undefined },
        },
  );
}

function textsOf({ message, stack }: Error) {
  return { message, stack };
}

/** All of it, however slowly it is read: a thread beside this one leaves the pipe as one that never waits. */
function writeAll(bytes: Buffer): void {
  for (let from = 0; from < bytes.length; ) {
    try {
      from += writeSync(STDOUT, bytes, from);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') {
        throw error;
      }
      Atomics.wait(NOTHING, 0, 0, PIPE_FULL_MS);
    }
  }
}
