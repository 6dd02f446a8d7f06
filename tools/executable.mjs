// Makes a built program executable, so that npx in the clone can run it after every build. Windows has no such right.
import { chmodSync } from 'node:fs';

for (const program of process.argv.slice(2)) {
  chmodSync(program, 0o755);
}
