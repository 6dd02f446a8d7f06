import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { REGISTERED } from '../../sandbox/sandbox.js';
import { decide } from '../activate/world.js';
import { storedToken } from '../support/hub.js';
import { rowOf } from './fates.js';
import { blocksOf, lines, ROOT } from './lines.js';
import { hasShell, type Shell, shell } from './shell.js';

const PAGE = 'docs/hubs.md';
const page = readFileSync(join(ROOT, PAGE), 'utf8');
const byHand = page.slice(page.indexOf('## By hand'));

/** The shell blocks of the way by hand, in their order. */
const steps = blocksOf(PAGE)
  .slice(-10)
  .map((block) => block.lines.join('\n'));

/** What the page has a person write into files. */
const fileOf = (name: string) =>
  new RegExp(`\`${name}\`[\\s\\S]*?\`\`\`(?:json)?\\n([\\s\\S]*?)\`\`\``).exec(byHand)?.[1] ?? '';

/** Lines of another page that use the same files. */
const more = lines.filter(({ page, text }) => /first-hub/.test(page) && /^curl /.test(text));

async function at({ run }: Shell, script: string, codes = [0]): Promise<string> {
  // What one block sets is set in the shell that the next one is typed into.
  const before = 'HUB=https://hub.example.com:8181/api/v2\n';
  const { code, stdout, printed } = await run(before + script);
  expect(codes, `${script}\n${printed}`).toContain(code);
  return stdout;
}

describe.skipIf(!hasShell)('who has no Node near the Hub', () => {
  test('gets by the lines of the page alone to a Hub that is connected', async () => {
    const person = await shell();
    const { sandbox, cwd } = person;
    const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
    const [unpack, token, list, settings, files, imported, schedule, url, exchange, proof] = steps;
    const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', cwd];
    execFileSync('npm', pack, { cwd: ROOT, stdio: 'pipe' });
    await at(person, `${unpack}\n${token}`);
    const curlFile = /\n```\n(header = [\s\S]*?)```/.exec(byHand)?.[1] ?? '';
    write('hub.curl', curlFile.replace('Bearer …', sandbox.token));
    expect(JSON.parse(await at(person, list ?? ''))).toEqual({});
    for (const name of ['client-id', 'client-secret', 'access-token']) {
      write(`${name}.json`, fileOf(`${name}.json`).replace('…', REGISTERED.secret));
    }
    for (const step of [settings, files, imported, schedule]) {
      await at(person, step ?? '');
    }
    expect(sandbox.config().list('workflow')).toHaveLength(6);

    const answer = JSON.parse(await at(person, url ?? ''));
    const code = await decide(answer.output);
    const { redirectURI } = JSON.parse(fileOf('code.json').replaceAll('…', ''));
    // The sandbox leads clicks to the stand-in; a Hub answers Fortnox's own address.
    const activationUrl = answer.output.replace(sandbox.fortnoxUrl, 'https://apps.fortnox.se');
    write('code.json', JSON.stringify({ code, activationUrl, redirectURI }));
    await at(person, exchange ?? '');
    expect(storedToken(sandbox).refresh_token).toEqual(expect.any(String));
    expect(await at(person, proof ?? '')).toContain('connected');
  });

  test('finds out what is unknown by the lines of docs/first-hub.md', async () => {
    const person = await shell();
    const { sandbox, cwd, run } = person;
    const curlFile = /\n```\n(header = [\s\S]*?)```/.exec(byHand)?.[1] ?? '';
    writeFileSync(join(cwd, 'hub.curl'), curlFile.replace('Bearer …', sandbox.token));
    writeFileSync(join(cwd, 'login.json'), '{"username": "admin", "password": "admin"}');
    execFileSync('ln', ['-s', ROOT, join(cwd, 'package')]);
    expect((await run('npx fortnox-blueprint install')).code).toBe(0);
    expect(more.length).toBeGreaterThan(5);
    for (const { text } of more) {
      // What a Hub does not have answers 404, and --fail-with-body makes that 22: it is what the page looks for.
      await at(person, text, /login|_nothing/.test(text) ? [0, 22] : [0]);
    }
    const read = (name: string) => JSON.parse(readFileSync(join(cwd, name), 'utf8'));
    expect(read('swagger.json')).toHaveProperty('paths');
    expect(read('export.json')).toEqual(expect.anything());
  });
});

test('the lines of the way by hand are walked here', () => {
  expect(steps).toHaveLength(10);
  for (const { page, text } of more) {
    expect(rowOf({ page, text, block: undefined })?.fate).toHaveProperty('walk');
  }
});
