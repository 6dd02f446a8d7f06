#!/usr/bin/env node
// Says what is wrong where Node is too old to read the rest; so nothing is imported here, nor written in newer syntax. This
// and what answers --help are CommonJS in the end, which Node loads in half the time.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `fortnox-blueprint needs Node 20.19 or newer, and this is ${process.versions.node}.\n`,
  );
  process.exitCode = 2;
} else {
  void import('./question.js').then(({ isAnswered }) =>
    isAnswered(process.argv.slice(2)) ? undefined : import('./cli.js'),
  );
}
