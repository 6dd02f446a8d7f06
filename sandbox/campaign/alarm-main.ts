import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { quickenEngine } from '../engine/quick-broker.js';
import { runHealthy, runIncident } from './alarm.js';
import { materialFrom } from './material.js';

/** `npm run campaign:alarm -- [--incidents N] [--healthy N] [--seed S]`: whether the alarm calls when it must, and only then. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      incidents: { type: 'string', default: '100' },
      healthy: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
    },
  });
  const material = await materialFrom(join(import.meta.dirname, '../../..'));
  quickenEngine(material.refresh);
  const seed = Number(values.seed);
  const kinds = new Map<string, { count: number; told: number; needless: number }>();
  const wrong: number[] = [];
  for (let nth = 0; nth < Number(values.incidents); nth += 1) {
    const { kind, isToldInTime, needless } = await runIncident(material, seed + nth);
    const sum = kinds.get(kind) ?? { count: 0, told: 0, needless: 0 };
    kinds.set(kind, {
      count: sum.count + 1,
      told: sum.told + (isToldInTime ? 1 : 0),
      needless: sum.needless + needless,
    });
    if (!isToldInTime || needless > 0) {
      wrong.push(seed + nth);
    }
  }
  for (const [kind, { count, told, needless }] of [...kinds].sort()) {
    process.stdout.write(
      `${kind}: ${count} incidents, ${told} mailed in time, ${needless} needless mails\n`,
    );
  }
  let [mails, faults, failedDays] = [0, 0, 0];
  for (let nth = 0; nth < Number(values.healthy); nth += 1) {
    const one = await runHealthy(material, seed + nth);
    mails += one.mails;
    faults += one.faults;
    failedDays += one.failedDays;
    if (one.mails > 0) {
      wrong.push(seed + nth);
    }
  }
  process.stdout.write(
    `${values.healthy} healthy histories with ${faults} faults, ${failedDays} days that failed: ${mails} mails\n`,
  );
  if (wrong.length > 0) {
    process.stdout.write(`seeds to look at: ${wrong.slice(0, 20).join(', ')}\n`);
  }
  return wrong.length > 0 ? 1 : 0;
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
