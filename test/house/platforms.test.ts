import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => join('test', name));

/** What Windows has not, as a test would ask for it. */
const UNIX = /child\.kill\('SIGINT'\)|interruptWhen:|'mkfifo'|\bmode & 0o|'\/proc['/]|\/dev\/zero/;

/** How a test says that it is not for Windows. */
const APART = /isWindows|'win32'|platform === 'linux'|hasShell/;

describe('on Windows', () => {
  test.each(files.filter((file) => UNIX.test(read(file))))(
    '%s leaves out what is for Unix alone',
    (file) => {
      expect(read(file)).toMatch(APART);
    },
  );

  test('no script of package.json needs a shell of Unix', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const needy = Object.entries<string>(scripts).filter(([, line]) =>
      /(^|&& )[A-Z_]+=|[;|$`']|\b(rm|cp|mv|mkdir|cat|sh|bash)\s/.test(line),
    );
    expect(needy).toEqual([]);
  });

  test('files are checked out with the line ends that they are compared by', () => {
    expect(read('.gitattributes')).toContain('* text=auto eol=lf');
  });
});
