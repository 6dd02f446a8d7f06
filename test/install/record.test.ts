import { expect, test } from 'vitest';
import { parseRecord, renderRecord } from '../../src/install/record.js';

const blueprint = {
  files: [{ path: '/flows/a.bpmn', content: Buffer.from('a'), digest: 'digest-of-a' }],
  config: { form: [], workflow: [] },
  configDigest: 'digest-of-config',
};
const parts = {
  version: '1.2.3',
  hubs: { 'https://hub/api/v2': { version: '1.2.3', config: 'digest-of-config' } },
};

test('a record tells version, files and what each Hub imported by their digests', () => {
  expect(parseRecord(renderRecord(blueprint, parts))).toEqual({
    ...parts,
    files: { '/flows/a.bpmn': 'digest-of-a' },
  });
});

test('the same blueprint makes the same record, byte for byte', () => {
  expect(renderRecord(blueprint, parts)).toEqual(renderRecord(blueprint, parts));
});

test('the record of version 0.1.0 tells of files, and of no Hub: it was written for whichever', () => {
  const old = '{"version":"0.1.0","config":"x","files":{"/flows/a.bpmn":"d"}}';
  expect(parseRecord(Buffer.from(old))).toEqual({
    version: '0.1.0',
    files: { '/flows/a.bpmn': 'd' },

    hubs: {},
  });
});

test.each([
  '',
  'no JSON',
  'null',
  '[]',
  '{"version":1}',
  '{"version":"1","files":{"a":7}}',
  '{"version":"1","files":{"/../../etc/passwd":"x"}}',
  '{"version":"1","files":{"relative":"x"}}',
  '{"version":"1","files":{"/flows/../x":"x"}}',
])('%j is no record', (text) => {
  expect(parseRecord(Buffer.from(text))).toBeUndefined();
});

test('nothing is no record', () => {
  expect(parseRecord(undefined)).toBeUndefined();
});
