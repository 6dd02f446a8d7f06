import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.js';
import { loadBlueprint } from '../../src/blueprint/load.js';
import { hub } from '../support/hub.js';
import { cli, start } from '../support/run-cli.js';

/** How often a run is killed; `npm run kill` asks for more. */
const KILLS = Number(process.env.KILLS ?? 20);

const RECORD = 'fortnox-blueprint.json';
const OLD = 'an older version\n';
const OLD_FLOW = 'flows/fortnox-refresh-access-token.bpmn';
const DROPPED = 'flows/fortnox-dropped.bpmn';

const shipped = new Map(
  loadBlueprint(join(import.meta.dirname, '../..')).files.map(({ path, content }) => [
    path.slice(1),
    content.toString('latin1'),
  ]),
);

/** A run that is killed and made again, by the state that it begins with. */
const runs: readonly { argv: readonly string[]; prepare: (sandbox: Sandbox) => void }[] = [
  { argv: ['install'], prepare: () => {} },
  { argv: ['install'], prepare: age },
  { argv: ['uninstall', '--yes', '--with-token'], prepare: () => {} },
];

test(`a run that is killed at any moment, ${KILLS} times: no half file, and the next run ends as if nothing had happened`, {
  timeout: 1_800_000 + KILLS * 15_000,
}, async () => {
  const { sandbox, env } = await hub();
  const ends: { took: number; state: unknown }[] = [];
  for (const { argv, prepare } of runs) {
    prepare(sandbox);
    const began = performance.now();
    expect(await cli(argv, { env })).toMatchObject({ code: 0 });
    ends.push({ took: performance.now() - began, state: stateOf(sandbox) });
  }
  for (let kill = 0; kill < KILLS; kill += 1) {
    const nth = kill % runs.length;
    const { argv = [], prepare } = runs[nth] ?? {};
    prepare?.(sandbox);
    const running = start(argv, { env });
    running.child.stdin.end();
    const timer = setTimeout(
      () => running.child.kill('SIGKILL'),
      Math.random() * (ends[nth]?.took ?? 0),
    );
    await running.ended;
    clearTimeout(timer);
    expect(halfFiles(sandbox)).toEqual([]);
    const again = await cli(argv, { env });
    expect(again, again.stderr).toMatchObject({ code: 0 });
    expect(stateOf(sandbox)).toEqual(ends[nth]?.state);
  }
});

/** Makes an installation look like one of an older version: another flow, and one that is no longer shipped. */
function age({ resourcesDir }: Sandbox): void {
  const path = join(resourcesDir, RECORD);
  const record = JSON.parse(readFileSync(path, 'utf8'));
  const digest = createHash('sha256').update(OLD).digest('hex');
  const files = { ...record.files, [`/${OLD_FLOW}`]: digest, [`/${DROPPED}`]: digest };
  writeFileSync(path, JSON.stringify({ ...record, version: '0.0.1', files }));
  writeFileSync(join(resourcesDir, OLD_FLOW), OLD);
  writeFileSync(join(resourcesDir, DROPPED), OLD);
}

/** @returns the files that are neither of one version nor of the other; unfinished copies have names of their own */
function halfFiles({ resourcesDir }: Sandbox): string[] {
  return filesOf(resourcesDir).filter((name) => {
    const content = readFileSync(join(resourcesDir, name), 'latin1');
    if (name === RECORD) {
      return !JSON.parse(content).version;
    }
    return !/\.new$/.test(name) && content !== shipped.get(name) && content !== OLD;
  });
}

/** @returns all that the Hub has stored, but for when; and all files */
function stateOf(sandbox: Sandbox): unknown {
  const { resourcesDir } = sandbox;
  const files = filesOf(resourcesDir).map((name) => [
    name,
    readFileSync(join(resourcesDir, name), 'latin1'),
  ]);
  const keys = ['clientid', 'clientsecret'].map((key) => `_fortnox_app_${key}`);
  const settings = [...keys, '_fortnox_access_token'].map((key) => sandbox.settings().get(key));
  const entries = ['form', 'workflow'].flatMap((name) => sandbox.config().list(name));
  const config = entries.map(({ createdate: _c, modifieddate: _m, ...entry }) => entry);
  return { files, settings, config };
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}
