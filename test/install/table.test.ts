import { describe, expect, test } from 'vitest';
import { makeChange } from '../../src/install/change.js';
import { changeLines, outcomeLines } from '../../src/install/table.js';

describe('the table of changes', () => {
  test('names what changes, and counts what stays', () => {
    expect(
      changeLines([
        makeChange('setting', '_fortnox_app_clientsecret', 'create', 'set'),
        makeChange('resource', '/flows/a.bpmn', 'update'),
        makeChange('resource', '/flows/b.bpmn', 'unchanged'),
        makeChange('resource', '/flows/c.bpmn', 'unchanged'),
        makeChange('form', 'fortnox-activate', 'unchanged'),
      ]),
    ).toMatchInlineSnapshot(`
      [
        "  + setting   create     _fortnox_app_clientsecret  (set)",
        "  ~ file      update     /flows/a.bpmn",
        "  and unchanged: 2 files, 1 form",
      ]
    `);
  });

  test('says so where nothing changes', () => {
    expect(
      changeLines([makeChange('form', 'a', 'unchanged'), makeChange('workflow', 'b', 'unchanged')]),
    ).toEqual(['  Unchanged: 1 workflow, 1 form']);
  });

  test('shows what failed as that', () => {
    const change = makeChange('workflow', 'a', 'create');
    expect(outcomeLines([{ change, state: 'failed' }])[0]).toMatch(/workflow {2}failed/);
  });

  test('a note that just fits stays on its line', () => {
    const path = '/flows/a.bpmn';
    const bare = changeLines([makeChange('resource', path, 'update')])[0] ?? '';
    const note = 'x'.repeat(80 - bare.length - '  ()'.length);
    const lengths = (text: string) =>
      changeLines([makeChange('resource', path, 'update', text)]).map((line) => line.length);
    expect(lengths(note)).toEqual([80]);
    expect(lengths(`${note}x`)).toHaveLength(2);
  });

  test('puts a long note below, so that 80 columns are enough', () => {
    const note = 'edited by hand since it was installed; kept beside as .bak';
    const lines = changeLines([
      makeChange('resource', '/scripts/fortnox/choose-grant.js', 'update', note),
    ]);
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line.length).toBeLessThanOrEqual(80);
    }
  });
});
