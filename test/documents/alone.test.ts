import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { REGISTERED } from '../../sandbox/sandbox.js';
import { consent } from '../support/hub.js';
import { rowOf } from './fates.js';
import { lines } from './lines.js';
import { hasShell, type Shell, shell } from './shell.js';

/** Lines that can be run by themselves, each once, with the exit codes that are meant. */
const alone = new Map(
  lines.flatMap((line) => {
    const fate = rowOf(line)?.fate;
    return fate && 'alone' in fate ? [[asShell(line.text), fate.alone] as const] : [];
  }),
);

/** What a Kubernetes manifest names as a command, as a line; and COMMAND as one of them. */
function asShell(text: string): string {
  const [, words] = /^command: \[(.+)\]/.exec(text) ?? [];
  return (words?.replaceAll(',', '') ?? text).replace('COMMAND', 'install');
}

let person: Shell;
beforeEach(async () => {
  person = await shell({ CI: 'true' });
  writeFileSync(join(person.cwd, 'secret.txt'), `${REGISTERED.secret}\n`);
});

describe.skipIf(!hasShell)('given a Hub that is connected, each of these can be run', () => {
  test('by itself, one after the other', async () => {
    expect(alone.size).toBeGreaterThan(8);
    const { sandbox, run, cwd } = person;
    const ends: [string, number | null, string][] = [];
    const note = async (line: string, codes: readonly number[]) => {
      const { code, printed } = await run(line);
      if (code === null || !codes.includes(code)) {
        ends.push([line, code, printed]);
      }
    };
    await note('npx fortnox-blueprint install', [0]);
    writeFileSync(join(cwd, 'code.txt'), `${consent(sandbox)}\n`);
    await note('npx fortnox-blueprint activate --code - < code.txt', [0]);
    for (const [line, codes] of alone) {
      writeFileSync(join(cwd, 'code.txt'), `${consent(sandbox)}\n`);
      await note(line, codes);
    }
    expect(ends).toEqual([]);
  });
});
