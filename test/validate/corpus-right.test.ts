import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { blueprintFolder } from './blueprint.js';
import { right } from './corpus/right/index.js';
import { runOnEngine } from './corpus/run.js';

const runs = Object.entries(right).flatMap(([name, blueprint]) =>
  Object.entries(blueprint.runs ?? {}).map(([path, variables]) => ({
    name,
    path,
    variables,
    blueprint,
  })),
);

describe('a blueprint that is right runs on the engine', () => {
  test.each(runs)('$name: $path', async ({ path, variables, blueprint }) => {
    const { files, answer, output = {} } = blueprint;
    const root = blueprintFolder(files);
    const ended = await runOnEngine({
      source: String(files[path]),
      resourcesDir: join(root, dirname(path).replace(/(^|\/)flows(\/.*)?$/, '')),
      variables,
      answer,
    });
    expect(ended).toMatchObject({ how: 'done', problems: [], output });
  });
});

test('there are at least thirty', () => {
  expect(Object.keys(right).length).toBeGreaterThanOrEqual(30);
});
