import type { Latency } from '../net/latency.js';
import type { Unavoidable } from './cause.js';
import { ConnectedWorld } from './connected-world.js';
import type { Finding } from './finding.js';
import type { Material } from './material.js';
import { hitsOf } from './orders.js';
import { drawProperties } from './properties.js';
import { Random } from './random.js';
import { Story } from './story.js';

/** How a history ended. */
export interface Outcome {
  readonly seed: number;
  /** How often each finding was made; `lost` is 1 where the connection could have been kept. */
  readonly found: Readonly<Record<Finding, number>>;
  /** Set where the connection was lost and nothing could have kept it. */
  readonly unavoidable?: Unavoidable;
  readonly runs: number;
  readonly calls: number;
  readonly hits: Record<string, number>;
  /** Names of the properties of its world, and of the events that happened in it. */
  readonly happened: readonly string[];
  readonly trace: readonly string[];
}

/** Makes and runs one random story. The same seed and latency give the same history, to the letter. */
export async function runHistory(
  material: Material,
  seed: number,
  clientCredentials: boolean,
  latency?: Latency,
): Promise<Outcome> {
  const random = new Random(seed);
  const { drawn, names } = drawProperties(random);
  const world = new ConnectedWorld(material, random, drawn, clientCredentials, latency);
  world.note(names.join('; '));
  const story = new Story(world, random);
  for (let episodes = random.whole(1, 2); episodes > 0; episodes -= 1) {
    await story.letDaysPass();
    await story.trouble();
  }
  const unavoidable = await story.recover();
  return {
    seed,
    found: story.judge.found,
    ...(unavoidable && { unavoidable }),
    runs: world.runs.length,
    calls: world.world.faults.calls.length,
    hits: hitsOf(world.world.faults),
    happened: [...names, ...story.happened],
    trace: world.trace,
  };
}
