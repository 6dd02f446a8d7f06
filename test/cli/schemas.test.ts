import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { documents } from '../../src/commands/documents.js';
import { commands } from '../../src/commands/index.js';
import { folder } from '../support/folder.js';
import { connectedHub, consent, hub, installedHub } from '../support/hub.js';
import { cli } from '../support/run-cli.js';

const names = Object.keys(documents) as (keyof typeof documents)[];

/** Parses a document with the schema of its command; anything that the schema does not name is refused. */
function check(stdout: string): { ok: boolean } {
  const document = JSON.parse(stdout) as { command: keyof typeof documents; ok: boolean };
  documents[document.command].parse(document);
  return document;
}

test('there is a schema for every command', () => {
  expect([...names].sort()).toEqual(commands.map(({ name }) => name).sort());
});

test.each(names)('the shipped schema of %s is current', (name) => {
  const shipped = JSON.parse(
    readFileSync(join(import.meta.dirname, `../../schemas/${name}.json`), 'utf8'),
  );
  const { title: _, ...schema } = shipped;
  expect(schema, 'run: npm run schemas').toEqual(
    JSON.parse(JSON.stringify(z.toJSONSchema(documents[name]))),
  );
});

describe('what a command prints with --json fits its schema', () => {
  test('on success', async () => {
    const { sandbox, env } = await connectedHub();
    const runs: [string[], string?][] = [
      [['install']],
      [['install', '--dry-run']],
      [['status']],
      [['refresh']],
      [['activate', '--code', '-'], consent(sandbox)],
      [['validate']],
      [['completion', 'bash']],
    ];
    for (const [argv, stdin = ''] of runs) {
      expect(
        check((await cli([...argv, '--json'], { env, stdin })).stdout),
        argv.join(' '),
      ).toMatchObject({
        ok: true,
      });
    }
  });

  test('of a Hub that nothing stands in the way of', async () => {
    const { env } = await hub();
    const { stdout } = await cli(['doctor', '--try-writes', '--json'], { env });
    expect(check(stdout)).toMatchObject({ ok: true });
  });

  test('on failure, part-way and where attention is needed', async () => {
    const { env } = await installedHub();
    const empty = await hub();
    empty.sandbox.faults.order({
      side: 'hub',
      path: '/api/v2/setup',
      kind: 'answer',
      status: 400,
      body: '{}',
      times: 9,
    });
    const runs: [string[], Record<string, string>][] = [
      [['status'], env],
      [['refresh'], env],
      [['install'], {}],
      [['install'], empty.env],
      [['activate', '--code', 'x'], env],
      [['doctor', '--try-writes'], { ...env, ONIFY_API_TOKEN: 'Bearer wrong-token' }],
      [['doctor'], {}],
      [['validate', folder()], {}],
      [['completion', 'x'], {}],
    ];
    for (const [argv, given] of runs) {
      expect(
        check((await cli([...argv, '--json'], { env: given })).stdout).ok,
        argv.join(' '),
      ).toBe(false);
    }
  });
});
