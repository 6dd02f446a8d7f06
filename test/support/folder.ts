import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new temporary folder, removed when the test ends. @param parent default: the system's */
export function folder(parent = tmpdir()): string {
  const path = mkdtempSync(join(parent, 'fortnox-test-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
