// What `npm run bench` times: whole processes of this program, and what they are compared with.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../tools/files.mjs';

const program = join(root, 'dist/bin.cjs');
const tool = (path) => join(root, 'node_modules', path);
const below = (folder, ending) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(root, folder, name));

/** The requests of the manual way: two settings, one import, one look. `$1` is config.json. */
export const MANUAL = `
post() { curl -sS -o /dev/null -f -X POST "$1" -H "authorization: $ONIFY_API_TOKEN" -H 'content-type: application/json' -d "$2"; }
post "$ONIFY_API_URL/admin/config/settings?refresh=true" '{"key":"_fortnox_app_clientid","name":"fortnox_app_clientid","value":"JBL1UVnvfo4y","type":"string","tag":["fortnox","frontend"],"role":["admin"]}' &&
post "$ONIFY_API_URL/admin/config/settings?refresh=true" '{"key":"_fortnox_app_clientsecret","name":"fortnox_app_clientsecret","value":"x","type":"password","tag":["fortnox"],"role":["admin"]}' &&
post "$ONIFY_API_URL/setup/database/config/import" "@$1" &&
curl -sS -o /dev/null -f "$ONIFY_API_URL/admin/workflows?query=fortnox" -H "authorization: $ONIFY_API_TOKEN"
`;

/** The same, and then what a careful person looks at, as `install` does: what settings, forms, workflows and files are there. */
export const MANUAL_READ_BACK = `${MANUAL.trimEnd()} &&
look() { curl -sS -o /dev/null -f "$ONIFY_API_URL/$1" -H "authorization: $ONIFY_API_TOKEN"; }
look 'my/config/settings?tag=fortnox' &&
look setup/database/config/export &&
look 'admin/resources?tree=true'
`;

const node = process.execPath;
const own = (...argv) => [[node, program, ...argv]];

/**
 * Each: its name, the processes that it is made of, one after another, and what it needs. `limit` is how many times a
 * bare Node it may take, `beside` how many times another case; `hub` is the latency of a Hub that it is run on, `installed`
 * whether the blueprint is in it.
 */
export function casesIn(folder) {
  const rules = ['--no-config-lookup', '--rule', '{"no-undef":1,"no-unused-vars":1}'];
  const cases = [
    { name: 'bare node', steps: [[node, '-e', '0']] },
    { name: '--help', steps: own('--help'), limit: 1.35 },
    { name: '--version', steps: own('--version'), limit: 1.35 },
    { name: 'bpmnlint --help', steps: [[node, tool('bpmnlint/bin/bpmnlint.js'), '--help']] },
    { name: 'publint --help', steps: [[node, tool('publint/src/cli.js'), '--help']] },
    {
      name: 'validate, shipped',
      steps: own('validate', root),
      limit: process.version.startsWith('v20.') ? 4 : 6,
    },
    {
      name: 'bpmnlint and eslint, the same files',
      steps: [
        [node, tool('bpmnlint/bin/bpmnlint.js'), ...below('flows', '.bpmn')],
        [node, tool('eslint/bin/eslint.js'), ...rules, ...below('resources', '.js')],
      ],
    },
    { name: 'status, 0 ms', steps: own('status', '--json'), hub: 0, installed: true, limit: 4.5 },
  ];
  for (const hub of [0, 20, 100]) {
    const limit = hub === 0 ? { limit: 4.5 } : {};
    cases.push(
      {
        name: `install, first, ${hub} ms`,
        steps: own('install', '--json'),
        hub,
        ...(hub === 100 && {
          beside: { [`by hand, curl, ${hub} ms`]: 1.3, [`by hand, read back, ${hub} ms`]: 0.8 },
        }),
      },
      {
        name: `install, no change, ${hub} ms`,
        steps: own('install', '--json'),
        hub,
        installed: true,
        ...limit,
      },
      {
        name: `by hand, curl, ${hub} ms`,
        steps: [['sh', join(folder, 'manual.sh'), join(root, 'config.json')]],
        hub,
      },
      {
        name: `by hand, read back, ${hub} ms`,
        steps: [['sh', join(folder, 'read-back.sh'), join(root, 'config.json')]],
        hub,
      },
    );
  }
  return cases;
}
