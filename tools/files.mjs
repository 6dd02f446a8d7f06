// What tools ask of files.
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** @returns the bytes of all files below a folder, as `du -sb` counts them but for the folders themselves */
export function bytesBelow(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).reduce(
    (sum, name) => sum + lstatSync(join(folder, name)).size,
    0,
  );
}
