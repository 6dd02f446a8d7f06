import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FlowScripts } from '@onify/flow-extensions/FlowScripts';
import { describe, expect, test } from 'vitest';
import { hubElements, parseFlow } from '../../sandbox/engine/flow.js';
import { runFlow, type Service } from '../../sandbox/engine/run.js';
import { blueprintFolder, findings } from './blueprint.js';
import { shapes } from './shapes/shapes.js';

const answers: Service = (_input, _message, callback) =>
  callback(null, { statusCode: 200, headers: {}, body: { output: {}, result: [{ sys_id: '1' }] } });

describe.each(Object.entries(shapes))('%s', (_name, { files, runs }) => {
  test('has no error', async () => {
    const errors = (await findings(files)).filter(({ severity }) => severity === 'error');
    expect(errors).toEqual([]);
  });

  test.runIf(Object.keys(runs).length > 0).each(Object.entries(runs))(
    '%s works',
    async (path, variables) => {
      const root = blueprintFolder(files);
      const resourcesDir = path.startsWith('resources/') ? join(root, 'resources') : root;
      const flow = await parseFlow(
        readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, ''),
        hubElements,
      );
      const ended = await runFlow({
        flow,
        elements: hubElements,
        resourcesDir,
        variables,
        services: {
          httpRequest: answers,
          onifyApiRequest: answers,
          onifyElevatedApiRequest: answers,
        },
        scripts: new FlowScripts(flow.id, resourcesDir, { functions: { generateUuid: () => '1' } }),
      });
      expect(ended).toMatchObject({ ok: true });
    },
  );
});
