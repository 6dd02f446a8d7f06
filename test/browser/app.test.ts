import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { appOptions, readAppModes } from '../../sandbox/app/options.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/sandbox.js';
import { folder } from '../support/folder.js';

const FRAME = 'extends ../views/form/default-form\n\nblock formContent\n';

/** An embedded Hub with one form, `ask`, whose content is given as Pug. */
async function hubWith(content: string, options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.stop());
  mkdirSync(join(sandbox.resourcesDir, 'forms'));
  writeFileSync(join(sandbox.resourcesDir, 'forms/ask.pug'), FRAME + content);
  const template = { form: '/forms/ask.pug', result: '/forms/ask.pug' };
  sandbox.config().import({ form: [{ slug: 'ask', template, process: { workflow: 'none' } }] });
  return sandbox;
}

async function pageOf(sandbox: Sandbox, path = '/form/ask'): Promise<[number, string]> {
  const answer = await fetch(sandbox.appUrl + path);
  return [answer.status, await answer.text()];
}

describe('the page of a form', () => {
  test('escapes labels, values and what it does not document as HTML', async () => {
    const sandbox = await hubWith("  +formElement({ name: 'a', label: '<b>', value: '\"><i>' })");
    const [, page] = await pageOf(sandbox);
    expect(page).toContain('&lt;b&gt;</label>');
    expect(page).toContain('value="&quot;&gt;&lt;i&gt;"');
  });

  test('makes links of Markdown in a helpText, and leaves its HTML alone', async () => {
    const sandbox = await hubWith(
      "  +formElement({ name: 'a', label: 'A', helpText: '[x](/y) <b>z</b>' })",
    );
    const [, page] = await pageOf(sandbox);
    expect(page).toContain('&lt;a href=&quot;/y&quot;&gt;x&lt;/a&gt; &lt;b&gt;z&lt;/b&gt;');
  });

  test('has the query of its address', async () => {
    const sandbox = await hubWith("  +formElement({ name: 'a', value: form.queryparam.b })");
    expect((await pageOf(sandbox, '/form/ask?b=c+d'))[1]).toContain('value="c d"');
  });

  test.each(['../../outside', '/../outside'])('includes nothing from outside: %s', async (path) => {
    const above = folder();
    const sandbox = await hubWith(`  include ${path}`, { resourcesDir: join(above, 'resources') });
    writeFileSync(join(above, 'outside.pug'), 'p outside');
    const [status, page] = await pageOf(sandbox);
    expect(status).toBe(500);
    expect(page).not.toContain('<p>outside</p>');
  });

  test('says which line of a template is wrong', async () => {
    const sandbox = await hubWith('  +formElement({');
    expect(await pageOf(sandbox)).toEqual([500, expect.stringContaining('ask.pug:4')]);
  });

  test('is not there before it was imported', async () => {
    const sandbox = await hubWith('');
    expect((await pageOf(sandbox, '/form/other'))[0]).toBe(404);
    expect((await pageOf(sandbox, '/process/other/state'))[0]).toBe(404);
    expect((await pageOf(sandbox, '/assets/../server.ts'))[0]).toBe(404);
  });

  test('is opened by none of the names that lead elsewhere', async () => {
    const sandbox = await hubWith('');
    const { request } = await import('node:http');
    const status = await new Promise<number | undefined>((resolve) => {
      const asked = request(`${sandbox.appUrl}/form/ask`, { headers: { host: 'evil.example:80' } });
      asked.on('response', (response) => resolve(response.statusCode)).end();
    });
    expect(status).toBe(403);
  });
});

describe('the options of the web app', () => {
  const defaults = Object.fromEntries(
    Object.entries(appOptions).map(([name, option]) => [
      name,
      'default' in option ? option.default : undefined,
    ]),
  );

  test.each([
    ['app-help', 'raw', { fieldInHelp: 'raw' }],
    ['app-link', 'resolved', { fieldInUrl: 'resolved' }],
    ['app-checkbox', 'text', { checkbox: 'text' }],
    ['app-status', 'shown', { processStatus: 'shown' }],
    ['app-role', 'user', { role: 'user' }],
    ['app-language', 'sv', { language: 'sv' }],
    ['app-login', true, { login: 'required' }],
  ] as const)('--%s %s is one mode', (option, value, mode) => {
    expect(readAppModes({ ...defaults, [option]: value })).toEqual({
      ...readAppModes(defaults),
      ...mode,
    });
  });

  test('a value that an option does not take is said, with those that it takes', () => {
    expect(() => readAppModes({ ...defaults, 'app-role': 'root' })).toThrow(
      '--app-role takes admin or user, not "root".',
    );
  });
});

describe('npm run sandbox', () => {
  const MAIN = join(import.meta.dirname, '../../build/sandbox/main.js');
  const printed = async (...argv: string[]) => {
    const child = spawn(process.execPath, [MAIN, '--port', '0', ...argv], { cwd: folder() });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
    return chunk.toString();
  };

  test('prints the address of the form', async () => {
    expect(await printed()).toMatch(
      /open the form in a browser: http:\/\/127\.0\.0\.1:\d+\/form\/fortnox-activate\n/,
    );
  });

  test('prints what the login takes, where there is one', async () => {
    expect(await printed('--app-login')).toMatch(/Login {8}admin, [\w-]{12}\n/);
  });

  test('--json has the address of the web app', async () => {
    const { appUrl } = JSON.parse(await printed('--json')) as { appUrl: string };
    expect((await fetch(`${appUrl}/form/none`)).status).toBe(404);
  });

  test('--help has each of its options', async () => {
    const help = await printed('--help');
    for (const option of Object.keys(appOptions)) {
      expect(help).toContain(`--${option}`);
    }
  });
});
