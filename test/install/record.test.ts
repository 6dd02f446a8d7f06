import { expect, test } from 'vitest';
import { parseRecord, renderRecord } from '../../src/install/record.js';

const blueprint = {
  files: [{ path: '/flows/a.bpmn', content: Buffer.from('a'), digest: 'digest-of-a' }],
  config: { form: [], workflow: [] },
  configDigest: 'digest-of-config',
};

test('a record tells version, files and config by their digests', () => {
  expect(parseRecord(renderRecord(blueprint, '1.2.3', 'digest-of-config'))).toEqual({
    version: '1.2.3',
    config: 'digest-of-config',
    files: { '/flows/a.bpmn': 'digest-of-a' },
  });
});

test('the same blueprint makes the same record, byte for byte', () => {
  expect(renderRecord(blueprint, '1.2.3', 'x')).toEqual(renderRecord(blueprint, '1.2.3', 'x'));
});

test.each([
  '',
  'no JSON',
  'null',
  '[]',
  '{"version":1}',
  '{"version":"1","config":"x","files":{"a":7}}',
])('%j is no record', (text) => {
  expect(parseRecord(Buffer.from(text))).toBeUndefined();
});

test('nothing is no record', () => {
  expect(parseRecord(undefined)).toBeUndefined();
});
