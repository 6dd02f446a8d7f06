import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'dotenv';
import { IGNORED } from './env-file.js';

/**
 * Takes out of the environment what an env file may not set. Node 20 reads `--env-file` wherever it stands on the
 * command line, and puts all that the file holds into the environment before this program begins.
 *
 * @param env the environment as the program got it
 * @param argv the command line
 * @param cwd what the file's path is relative to
 * @returns the environment as it was given by whoever started the program, as far as that can be told
 */
export function withoutPreloaded(
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
  cwd: string,
): Record<string, string | undefined> {
  const files = argv.flatMap((word, at) => {
    if (word === '--env-file') {
      return argv[at + 1] ?? [];
    }
    return word.startsWith('--env-file=') ? word.slice('--env-file='.length) : [];
  });
  const left = { ...env };
  for (const file of files) {
    for (const [name, value] of Object.entries(read(resolve(cwd, file)))) {
      if (IGNORED.includes(name.toUpperCase()) && left[name] === value) {
        delete left[name];
      }
    }
  }
  return left;
}

function read(path: string): Record<string, string> {
  try {
    return parse(readFileSync(path));
  } catch {
    return {};
  }
}
