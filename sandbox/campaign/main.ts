import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readLatency } from '../net/latency.js';
import { runCampaign } from './campaign.js';
import { render } from './render.js';
import { SPOILED } from './spoiled.js';

const HELP = `Runs random histories of a connection on a simulated clock, and tells what went wrong in them.

  npm run campaign -- [--runs N] [--seed S] [--without-client-credentials]
                      [--latency MS[:JITTER]] [--spoil NAME] [--unpruned] [--json]

  --runs N      how many histories (default 100)
  --seed S      a whole number; the same gives the same histories (default 1)
  --latency L   how long each call takes, in simulated milliseconds, such as 200, or
                0:2000 for 0 to 2000 by chance (default: drawn for each history)
  --spoil NAME  takes a guard out of the flows, to see it found; "list" names them
  --unpruned    runs the engine as a Hub does, with no short cut; takes several times as long
  --json        one JSON document

Exit code 1 when a connection was lost that could have been kept, an answer was wrong or of another company, a
refresh token was used up without need, or a sentence was not true.
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      latency: { type: 'string' },
      spoil: { type: 'string' },
      unpruned: { type: 'boolean', default: false },
      'without-client-credentials': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (values.spoil === 'list') {
    process.stdout.write(`${SPOILED.map(({ name }) => name).join('\n')}\n`);
    return 0;
  }
  const runs = whole(values.runs, '--runs');
  const seed = whole(values.seed, '--seed');
  const spoiled = SPOILED.find(({ name }) => name === values.spoil);
  if (values.spoil !== undefined && !spoiled) {
    throw new Error(`--spoil does not know "${values.spoil}"; --spoil list names them.`);
  }
  const isShown = process.stderr.isTTY && !values.json;
  let done = 0;
  const report = await runCampaign({
    root: join(import.meta.dirname, '../../..'),
    runs,
    seed,
    clientCredentials: !values['without-client-credentials'],
    ...(values.latency !== undefined && { latency: readLatency(values.latency, '--latency') }),
    spoiled,
    isUnpruned: values.unpruned,
    onHistory: () => {
      done += 1;
      if (isShown && done % 10 === 0) {
        process.stderr.write(`\r${done}/${runs}`);
      }
    },
  });
  if (isShown) {
    process.stderr.write('\r\u001b[K');
  }
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : render(report));
  return report.findings.length > 0 ? 1 : 0;
}

function whole(text: string, option: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) {
    throw new Error(`${option} takes a whole number, not "${text}".`);
  }
  return number;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
