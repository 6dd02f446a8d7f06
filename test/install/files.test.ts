import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ResourcesDir } from '../../src/install/files.js';
import { folder } from '../support/folder.js';
import { isWindows } from '../support/platform.js';

const FLOW = '/flows/a.bpmn';
const content = Buffer.from('a flow');

describe('a file that is written', () => {
  test.skipIf(isWindows)('is readable by all, folders included, whatever the umask', () => {
    const dir = folder();
    const umask = process.umask(0o077);
    onTestFinished(() => {
      process.umask(umask);
    });
    ResourcesDir.open(dir, [FLOW]).write({ id: '/scripts/deep/a.js', content });
    const modes = ['scripts', 'scripts/deep', 'scripts/deep/a.js'].map((name) =>
      (statSync(join(dir, name)).mode & 0o777).toString(8),
    );
    expect(modes).toEqual(['755', '755', '644']);
  });

  test.skipIf(isWindows)('leaves the mode of folders that were there', () => {
    const dir = folder();
    mkdirSync(join(dir, 'flows'));
    chmodSync(join(dir, 'flows'), 0o750);
    ResourcesDir.open(dir, [FLOW]).write({ id: FLOW, content });
    expect(statSync(join(dir, 'flows')).mode & 0o777).toBe(0o750);
  });

  test('replaces what was there by a rename, so that a reader has the old one or the new one', () => {
    const dir = folder();
    mkdirSync(join(dir, 'flows'));
    writeFileSync(join(dir, FLOW), 'old');
    const before = statSync(join(dir, FLOW)).ino;
    ResourcesDir.open(dir, [FLOW]).write({ id: FLOW, content });
    expect(readFileSync(join(dir, FLOW))).toEqual(content);
    expect(statSync(join(dir, FLOW)).ino).not.toBe(before);
    expect(readdirSync(join(dir, 'flows'))).toEqual(['a.bpmn']);
  });

  test('leaves nothing beside it when it can not be written', () => {
    const dir = folder();
    const resources = ResourcesDir.open(dir, [FLOW]);
    mkdirSync(join(dir, FLOW), { recursive: true });
    expect(() => resources.write({ id: FLOW, content })).toThrow(
      /a.bpmn is a folder, where a file must be/,
    );
    expect(readdirSync(join(dir, 'flows'))).toEqual(['a.bpmn']);
  });
});

describe('a resources directory is refused', () => {
  const refused = (dir: string, code: string) => {
    const open = () => ResourcesDir.open(dir, [FLOW]);
    expect(open).toThrow(expect.objectContaining({ code, exitCode: 2 }));
  };

  test('that is not there', () => refused(join(folder(), 'nowhere'), 'resources_dir_missing'));

  test('that is a file', () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    refused(file, 'resources_dir_no_directory');
  });

  test.each<[string, (dir: string, outside: string) => void]>([
    ['a folder that leads out', (dir, outside) => symlinkSync(outside, join(dir, 'flows'))],
    [
      'a file that leads out',
      (dir, outside) => {
        writeFileSync(join(outside, 'x'), '');
        mkdirSync(join(dir, 'flows'));
        symlinkSync(join(outside, 'x'), join(dir, FLOW));
      },
    ],
    [
      'a way out and in again through a neighbour with a longer name',
      (dir) => {
        mkdirSync(`${dir}-neighbour`);
        onTestFinished(() => rmSync(`${dir}-neighbour`, { recursive: true }));
        symlinkSync(`${dir}-neighbour`, join(dir, 'flows'));
      },
    ],
    ['a link to nothing', (dir) => symlinkSync('nothing', join(dir, 'flows'))],
    ['a link to itself', (dir) => symlinkSync('flows', join(dir, 'flows'))],
  ])('with %s', (_name, make) => {
    const dir = folder();
    make(dir, folder());
    refused(dir, 'resources_dir_link');
  });

  test('with a file where a folder must be', () => {
    const dir = folder();
    writeFileSync(join(dir, 'flows'), '');
    refused(dir, 'resources_dir_obstacle');
  });

  test('with a folder where a file must be', () => {
    const dir = folder();
    mkdirSync(join(dir, FLOW), { recursive: true });
    refused(dir, 'resources_dir_obstacle');
  });
});

describe('a resources directory is taken', () => {
  test('that is itself a link', () => {
    const dir = folder();
    const link = join(folder(), 'link');
    symlinkSync(dir, link);
    ResourcesDir.open(link, [FLOW]).write({ id: FLOW, content });
    expect(readFileSync(join(dir, FLOW))).toEqual(content);
  });

  test('with a link that stays inside', () => {
    const dir = folder();
    mkdirSync(join(dir, 'shared'));
    symlinkSync('shared', join(dir, 'flows'));
    ResourcesDir.open(dir, [FLOW]).write({ id: FLOW, content });
    expect(readFileSync(join(dir, 'shared/a.bpmn'))).toEqual(content);
  });
});

describe('the check that there is room and the right to write', () => {
  test('leaves nothing behind', () => {
    const dir = folder();
    mkdirSync(join(dir, 'flows'));
    ResourcesDir.open(dir, [FLOW]).checkWritable([{ id: FLOW, content }]);
    expect(readdirSync(dir, { recursive: true })).toEqual(['flows']);
  });

  test('does nothing where nothing is to be written', () => {
    const dir = folder();
    const before = statSync(dir).mtimeMs;
    ResourcesDir.open(dir, [FLOW]).checkWritable([]);
    expect(statSync(dir).mtimeMs).toBe(before);
  });

  test.skipIf(isWindows || process.getuid?.() === 0)(
    'looks into every folder (root may write anywhere)',
    () => {
      const dir = folder();
      mkdirSync(join(dir, 'flows'));
      chmodSync(join(dir, 'flows'), 0o555);
      const check = () => ResourcesDir.open(dir, [FLOW]).checkWritable([{ id: FLOW, content }]);
      expect(check).toThrow(expect.objectContaining({ code: 'resources_dir_not_writable' }));
    },
  );
});

test('a file that is not there is undefined, and so is one below a file', () => {
  const dir = folder();
  writeFileSync(join(dir, 'flows'), '');
  const resources = ResourcesDir.open(dir, []);
  expect([resources.read('/nothing'), resources.read(FLOW)]).toEqual([undefined, undefined]);
});

describe('given what a killed run left behind', () => {
  const LEFTOVER = '.a.bpmn.0123456789ab.new';

  test('the next run clears it, and nothing else', () => {
    const dir = folder();
    mkdirSync(join(dir, 'flows'));
    for (const name of [LEFTOVER, '.gitkeep', 'a.bpmn.new', 'a.bpmn.bak-20260101T000000Z']) {
      writeFileSync(join(dir, 'flows', name), '');
    }
    writeFileSync(join(dir, '.probe.0123456789ab.new'), '');
    ResourcesDir.open(dir, [FLOW]).clearLeftovers([FLOW]);
    expect(readdirSync(dir)).toEqual(['flows']);
    expect(readdirSync(join(dir, 'flows')).sort()).toEqual([
      '.gitkeep',
      'a.bpmn.bak-20260101T000000Z',
      'a.bpmn.new',
    ]);
  });

  test('a folder that is not there has none', () => {
    const dir = folder();
    ResourcesDir.open(dir, [FLOW]).clearLeftovers([FLOW]);
    expect(readdirSync(dir)).toEqual([]);
  });
});

describe('a file that is removed', () => {
  test('is gone, and where it is a link, what that leads to stays', () => {
    const dir = folder();
    mkdirSync(join(dir, 'flows'));
    writeFileSync(join(dir, 'flows/real'), 'x');
    symlinkSync('real', join(dir, FLOW));
    const resources = ResourcesDir.open(dir, [FLOW]);
    expect(resources.linkAt(FLOW)).toBe('real');
    resources.remove(FLOW);
    expect(readdirSync(join(dir, 'flows'))).toEqual(['real']);
  });

  test('that is gone already is no failure', () => {
    const resources = ResourcesDir.open(folder(), []);
    expect(() => resources.remove(FLOW)).not.toThrow();
  });

  test('outside is refused', () => {
    const dir = folder();
    const outside = folder();
    writeFileSync(join(outside, 'a.bpmn'), 'x');
    symlinkSync(outside, join(dir, 'flows'));
    const remove = () => ResourcesDir.open(dir, []).remove(FLOW);
    expect(remove).toThrow(expect.objectContaining({ code: 'resources_dir_link' }));
    expect(readdirSync(outside)).toEqual(['a.bpmn']);
  });
});
