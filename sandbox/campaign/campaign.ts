import type { Latency } from '../net/latency.js';
import type { Unavoidable } from './cause.js';
import { type Outcome, runHistory } from './history.js';
import { materialFrom } from './material.js';

/** What a campaign is asked for. */
interface CampaignOptions {
  /** The folder that holds flows/ and resources/. */
  readonly root: string;
  readonly runs: number;
  readonly seed: number;
  readonly clientCredentials: boolean;
  /** How long each call takes, on both sides; default: 20 to 240 ms. */
  readonly latency?: Latency;
  /** A refresh flow to run in place of the blueprint's; its XML. */
  readonly refreshFlow?: string;
  readonly onHistory?: (outcome: Outcome) => void;
}

/** What a campaign found. */
export interface CampaignReport {
  readonly histories: number;
  readonly seed: number;
  readonly clientCredentials: boolean;
  readonly latency?: Latency;
  readonly runs: number;
  readonly calls: number;
  readonly faults: Record<string, number>;
  readonly lost: number;
  readonly wrong: number;
  readonly unavoidable: Record<Unavoidable, number>;
  /** Histories that were lost though they could have been kept, or in which an answer was wrong. */
  readonly findings: readonly Outcome[];
  readonly seconds: number;
}

/**
 * Runs random histories one after another, each from its own seed, counted up from the campaign's.
 *
 * @throws Error when a flow can't be read
 */
export async function runCampaign(options: CampaignOptions): Promise<CampaignReport> {
  const { root, runs, seed, clientCredentials } = options;
  const material = await materialFrom(root, options.refreshFlow);
  const started = performance.now();
  const total = { runs: 0, calls: 0, lost: 0, wrong: 0 };
  const faults: Record<string, number> = {};
  const unavoidable = { 'answer lost': 0, 'Hub died': 0, 'writes refused': 0, idle: 0 };
  const findings: Outcome[] = [];
  for (let history = 0; history < runs; history += 1) {
    const outcome = await runHistory(material, seed + history, clientCredentials, options.latency);
    total.runs += outcome.runs;
    total.calls += outcome.calls;
    total.wrong += outcome.wrong;
    for (const [name, hits] of Object.entries(outcome.hits)) {
      faults[name] = (faults[name] ?? 0) + hits;
    }
    if (outcome.unavoidable) {
      unavoidable[outcome.unavoidable] += 1;
    } else if (outcome.lost) {
      total.lost += 1;
    }
    if ((outcome.lost && !outcome.unavoidable) || outcome.wrong > 0) {
      findings.push(outcome);
    }
    options.onHistory?.(outcome);
  }
  const seconds = (performance.now() - started) / 1000;
  return {
    histories: runs,
    seed,
    clientCredentials,
    ...(options.latency && { latency: options.latency }),
    ...total,
    faults,
    unavoidable,
    findings,
    seconds,
  };
}
