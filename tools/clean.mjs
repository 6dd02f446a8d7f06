// Removes the build folders named as arguments, so that no file of an earlier build survives in the package.
import { rmSync } from 'node:fs';

for (const folder of process.argv.slice(2)) {
  rmSync(folder, { recursive: true, force: true });
}
