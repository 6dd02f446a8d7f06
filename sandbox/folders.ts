import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folders of a sandbox; each that isn't named is a temporary one. */
interface Folders {
  readonly resourcesDir?: string;
  readonly dataDir?: string;
}

/** @returns the folders, made where they are missing, and what removes the temporary ones */
export function folders(asked: Folders): Required<Folders> & { readonly remove: () => void } {
  const made: string[] = [];
  const folder = (path: string | undefined, name: string) => {
    if (path !== undefined) {
      mkdirSync(path, { recursive: true });
      return path;
    }
    const temporary = mkdtempSync(join(tmpdir(), `onify-sandbox-${name}-`));
    made.push(temporary);
    return temporary;
  };
  return {
    resourcesDir: folder(asked.resourcesDir, 'resources'),
    dataDir: folder(asked.dataDir, 'data'),
    remove: () => {
      for (const path of made) {
        rmSync(path, { recursive: true, force: true });
      }
    },
  };
}
