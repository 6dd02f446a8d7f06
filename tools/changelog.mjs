// Keeps CHANGELOG.md in step with the version in package.json. `npm version` runs it between the new number and the commit:
// what is under Unreleased moves below the new version. With --check it only looks whether that was done, as the release
// workflow does.
//
//   node tools/changelog.mjs [--check] [--file CHANGELOG.md] [--version X.Y.Z]
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    file: { type: 'string', default: join(root, 'CHANGELOG.md') },
    version: { type: 'string', default: own },
  },
});
const { check, file, version } = values;
const text = readFileSync(file, 'utf8');
const [, unreleased = ''] = /^## Unreleased\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(text) ?? [];
const isThere = text.split('\n').includes(`## ${version}`);

if (check) {
  if (!isThere || unreleased.trim() !== '') {
    process.stderr.write(`CHANGELOG.md: what changed is not below "## ${version}".\n`);
    process.exitCode = 1;
  }
} else if (isThere || unreleased.trim() === '') {
  process.stderr.write(
    `CHANGELOG.md: ${isThere ? `there is a "## ${version}" already` : 'nothing is under "## Unreleased"'}.\n`,
  );
  process.exitCode = 1;
} else {
  writeFileSync(file, text.replace('## Unreleased\n', `## Unreleased\n\n## ${version}\n`));
}
