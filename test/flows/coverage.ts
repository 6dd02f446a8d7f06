import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, expect } from 'vitest';

const passed = new Map<string, Set<string>>();
let file = '';

/** Keeps what a run passed through; the whole test run is summed up by coverage-report.ts. */
export function noteCoverage(key: string, way: readonly string[]): void {
  file = expect.getState().testPath ?? file;
  const seen = passed.get(key) ?? new Set();
  passed.set(key, seen);
  for (const id of way) {
    seen.add(id);
  }
}

afterAll(() => {
  const folder = process.env.FLOW_COVERAGE_DIR;
  if (!folder || !file) {
    return;
  }
  mkdirSync(folder, { recursive: true });
  const seen = Object.fromEntries([...passed].map(([key, ids]) => [key, [...ids]]));
  writeFileSync(join(folder, `${basename(file)}.json`), JSON.stringify(seen));
});
