import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { settingSpecs } from '../../src/blueprint/manifest.js';
import { filledHub } from './modes.js';

const text = readFileSync(join(import.meta.dirname, '../../docs/hubs.md'), 'utf8');
const byHand = text.slice(text.indexOf('## By hand'));

const blocks = (language: string) =>
  [...byHand.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, block = '']) => block,
  );

const curls = blocks('sh')
  .join('\n')
  .split('\n')
  .filter((line) => /^\s*curl /.test(line));

describe('the way by hand', () => {
  test('no token, no secret and no --insecure stands on a command line', () => {
    expect(curls.length).toBeGreaterThan(5);
    for (const line of curls) {
      expect(line).toContain('--config hub.curl');
      expect(line).not.toMatch(/Bearer|--insecure|\s-k\b|authorization|secret|--header|\s-[Hu]\b/);
    }
  });

  test('every path that is called is one of the embedded Hub', async () => {
    const sandbox = await filledHub();
    for (const line of curls) {
      const [, path = ''] = /"\$HUB([^"?]*)/.exec(line) ?? [];
      const method = line.includes('--data') ? 'POST' : 'GET';
      const answer = await fetch(sandbox.apiUrl + path, {
        method,
        headers: { authorization: sandbox.token },
        ...(method === 'POST' && { body: '{}' }),
      });
      expect(answer.status, `${method} ${path}`).not.toBe(404);
    }
  });

  test('the settings are those that the program writes', () => {
    const records = blocks('json')
      .map((block) => JSON.parse(block.replaceAll('…', '')) as Record<string, unknown>)
      .filter(({ key }) => key !== undefined);
    expect(records.map(({ value: _, ...record }) => record)).toEqual(settingSpecs);
  });
});
