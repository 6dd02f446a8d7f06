import { quickenEngine } from '../engine/quick-broker.js';
import type { Latency } from '../net/latency.js';
import { UNAVOIDABLE, type Unavoidable } from './cause.js';
import { FINDINGS, type Finding } from './finding.js';
import { type Outcome, runHistory } from './history.js';
import { type MaterialChanges, materialFrom } from './material.js';

/** What a campaign is asked for. */
interface CampaignOptions extends MaterialChanges {
  /** The folder that holds flows/ and resources/. */
  readonly root: string;
  readonly runs: number;
  readonly seed: number;
  readonly clientCredentials: boolean;
  /** How long each call takes, on both sides; default: drawn for each history. */
  readonly latency?: Latency;
  readonly onHistory?: (outcome: Outcome) => void;
}

/** What a campaign found. */
export interface CampaignReport {
  readonly histories: number;
  readonly seed: number;
  readonly clientCredentials: boolean;
  readonly latency?: Latency;
  readonly spoiled?: string;
  readonly runs: number;
  readonly calls: number;
  /** How often each property was drawn, each event happened, and each fault hit. */
  readonly happened: Record<string, number>;
  readonly faults: Record<string, number>;
  readonly found: Record<Finding, number>;
  readonly unavoidable: Record<Unavoidable, number>;
  /** Histories in which something was found. */
  readonly findings: readonly Outcome[];
  readonly seconds: number;
  /** Time of the processor, which other work of the machine does not stretch much. */
  readonly cpuSeconds: number;
}

/**
 * Runs random histories one after another, each from its own seed, counted up from the campaign's.
 *
 * @throws Error when a flow can't be read
 */
export async function runCampaign(options: CampaignOptions): Promise<CampaignReport> {
  const { root, runs, seed, clientCredentials, latency, spoiled, isUnpruned } = options;
  const material = await materialFrom(root, options);
  const slowDown = isUnpruned ? undefined : quickenEngine(material.refresh);
  const started = performance.now();
  const cpu = process.cpuUsage();
  const total = { runs: 0, calls: 0 };
  const faults: Record<string, number> = {};
  const happened: Record<string, number> = {};
  const found = zeros(FINDINGS);
  const unavoidable = zeros(UNAVOIDABLE);
  const findings: Outcome[] = [];
  for (let history = 0; history < runs; history += 1) {
    const outcome = await runHistory(material, seed + history, clientCredentials, latency);
    total.runs += outcome.runs;
    total.calls += outcome.calls;
    add(faults, outcome.hits);
    add(found, outcome.found);
    for (const name of outcome.happened) {
      add(happened, { [name]: 1 });
    }
    if (outcome.unavoidable) {
      unavoidable[outcome.unavoidable] += 1;
    }
    if (FINDINGS.some((finding) => outcome.found[finding] > 0)) {
      findings.push(outcome);
    }
    options.onHistory?.(outcome);
  }
  slowDown?.();
  const { user, system } = process.cpuUsage(cpu);
  return {
    histories: runs,
    seed,
    clientCredentials,
    ...(latency && { latency }),
    ...(spoiled && { spoiled: spoiled.name }),
    ...total,
    happened,
    faults,
    found,
    unavoidable,
    findings,
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: (user + system) / 1_000_000,
  };
}

function zeros<Name extends string>(names: readonly Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
}

function add(sums: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) {
    sums[name] = (sums[name] ?? 0) + count;
  }
}
