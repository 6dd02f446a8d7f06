import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HubModes } from './hub/modes.js';

/** The folders of a sandbox; each that isn't named is a temporary one. */
interface Folders {
  readonly resourcesDir?: string;
  readonly dataDir?: string;
}

/**
 * @param writing whether the resources directory takes files; by its permissions, which root does not heed
 * @returns the folders, made where they are missing, and what removes the temporary ones
 */
export function folders(
  asked: Folders,
  writing: HubModes['resourcesDirectory'],
): Required<Folders> & { readonly remove: () => void } {
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
  const resourcesDir = folder(asked.resourcesDir, 'resources');
  if (writing === 'read-only') {
    chmodSync(resourcesDir, 0o555);
  }
  return {
    resourcesDir,
    dataDir: folder(asked.dataDir, 'data'),
    remove: () => {
      if (writing === 'read-only' && existsSync(resourcesDir)) {
        chmodSync(resourcesDir, 0o755);
      }
      for (const path of made) {
        rmSync(path, { recursive: true, force: true });
      }
    },
  };
}
