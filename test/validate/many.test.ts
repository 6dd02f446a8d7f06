import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder } from '../support/folder.js';
import { cli } from '../support/run-cli.js';
import { manyFlows } from './many.js';

// `npm run many` reads 3,000; MANY_FROM names a folder with more flows, MANY_KEEP one in which all of them stay.
const COUNT = Number(process.env.MANY ?? 120);
const MEGABYTES = 300;

test(`${COUNT} flows of mixed origin are all checked, below ${MEGABYTES} MB`, {
  timeout: 1_800_000,
}, async () => {
  const root = process.env.MANY_KEEP ?? folder();
  mkdirSync(join(root, 'flows'), { recursive: true });
  let at = 0;
  let bytes = 0;
  for (const text of manyFlows(COUNT, process.env.MANY_FROM)) {
    at += 1;
    bytes += text.length;
    writeFileSync(join(root, 'flows', `flow-${at}.bpmn`), text);
  }
  const limits = ['--max-seconds', '1800', '--max-memory', String(MEGABYTES)];
  const { stdout, stderr } = await cli(['validate', root, '--json', ...limits]);
  expect(stderr).not.toMatch(/bug/i);
  const { files, findings, errors } = JSON.parse(stdout);
  process.stdout.write(
    `${files} files, ${Math.round(bytes / 1e6)} MB: ${findings.length} findings, ${errors} errors.\n`,
  );
  // What takes more is ended, and told as this.
  expect(findings.filter(({ rule }: { rule: string }) => rule === 'file-slow')).toEqual([]);
  expect(files).toBe(COUNT);
  expect(errors).toBeGreaterThan(COUNT / 4);
});
