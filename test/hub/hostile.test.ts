import { expect, test } from 'vitest';
import { BlueprintError } from '../../src/core/errors.js';
import type { HubClient } from '../../src/hub/client.js';
import { runFlow } from '../../src/token/run-flow.js';
import { commandsIn } from '../core/runners.js';
import { testContext } from '../support/context.js';
import { clientOf, type Scripted, scripted } from './world.js';

/** How many answers; `npm run hostile` asks for 20,000. */
const COUNT = Number(process.env.HOSTILE ?? 500);

const MARKS = [
  '::error::x',
  '::set-output name=a::b',
  '##[error]x',
  '##vso[task.setvariable variable=a]b',
  "##teamcity[message text='x']",
  'section_start:1:a\r\u001b[0K',
  '\u001b[2J',
] as const;
const BEFORE = ['', '\n', '\r\n', '\r', '\u2028', '\u0085', ' ', '\t', '\u200b', 'a', '<b>', '"'];
const STATUSES = [200, 201, 204, 302, 400, 401, 403, 404, 405, 409, 413, 422, 500, 501, 502, 503];

/** The same numbers in every run. */
function numbers(): (below: number) => number {
  let seed = 1;
  return (below) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
}

const next = numbers();
const pick = <T>(list: readonly T[], or: T): T => list[next(list.length)] ?? or;
const text = () =>
  Array.from({ length: 1 + next(3) }, () => pick(BEFORE, '') + pick<string>(MARKS, '')).join('');

/** An answer that says something hostile wherever a Hub says anything. */
function hostile(): Scripted {
  const status = pick(STATUSES, 500);
  const said = text();
  const body = pick<unknown>(
    [
      said,
      `<html><title>${said}</title>${said}</html>`,
      { error: said },
      { message: said },
      { error: { message: said, code: said }, message: said },
      { status: { statusmessage: said, error: said } },
      { statusCode: status, error: said, message: said, validation: { keys: [said] } },
      [said],
      { output: said },
    ],
    said,
  );
  const inHeader = said.replace(/[^\t\x20-\x7e]/g, '');
  const type = pick(['application/json', 'text/html', `text/${inHeader}`, inHeader], '');
  return {
    status,
    body: [204].includes(status) ? '' : body,
    headers: {
      'content-type': type === '' ? 'x' : type,
      location: `https://elsewhere.example.com/${encodeURI(inHeader)}${inHeader}`,
      'retry-after': '0',
    },
  };
}

/** Each a request of its own kind, sent once. */
const requests: readonly ((
  hub: HubClient,
  context: ReturnType<typeof testContext>,
) => Promise<unknown>)[] = [
  (hub, context) => runFlow(hub, 'flow', { command: 'refresh', appUrl: undefined }, context),
  (hub) => hub.runWorkflow('flow', undefined, { timeoutSeconds: 5 }),
  (hub) => hub.setting('_a'),
  (hub) => hub.settingsMap('fortnox'),
  (hub) => hub.importConfig({}),
  (hub) => hub.processes('', 10),
];

test(`of ${COUNT} hostile answers no CI system gets a command`, {
  timeout: 1_800_000 + COUNT * 200,
}, async () => {
  const { url, seen } = await scripted(hostile);
  let [failures, obeyed] = [0, 0];
  for (let nth = 0; nth < COUNT; nth += 1) {
    const context = testContext({ verbose: true, json: nth % 2 === 0 });
    const hub = clientOf(url, context);
    const { output } = context;
    try {
      const answer = await pick(requests, () => Promise.resolve())(hub, context);
      output.result([String(answer), JSON.stringify(answer) ?? ''], { answer });
    } catch (error) {
      if (!(error instanceof BlueprintError)) {
        throw error;
      }
      failures += 1;
      const { message, hint, stack = '' } = error;
      obeyed += Object.values(commandsIn(message)).flat().length;
      output.warn(message);
      output.failure(message, hint, { error: { message, hint } });
      output.detail(stack);
    }
    await hub.close();
    const printed = `${context.stdout()}${context.stderr()}`;
    expect(commandsIn(printed), JSON.stringify(printed)).toEqual({
      github: [],
      azure: [],
      teamcity: [],
      gitlab: [],
    });
  }
  expect(seen.length).toBeGreaterThan(COUNT * 0.9);
  expect(failures).toBeGreaterThan(COUNT / 4);
  // What is looked for would be there, if it were printed as it came.
  expect(obeyed).toBeGreaterThan(COUNT / 50);
});
