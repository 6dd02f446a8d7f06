import type { Call, Side } from './call.js';

/** How long a call takes on its way, there and back together, in milliseconds. */
export interface Latency {
  readonly milliseconds: number;
  /** Up to so many come to it, by chance; default 0. */
  readonly jitter?: number;
}

/** The milliseconds of one call, there and back. */
export type LatencyOf = (call: Call) => readonly [there: number, back: number];

/**
 * @param latency of each side; a side that is left out takes no time
 * @param random gives a number from 0 to below 1
 * @returns what makes a network as slow as that: half of the time passes on the way there
 */
export function slow(
  latency: Readonly<Partial<Record<Side, Latency>>>,
  random: () => number = Math.random,
): LatencyOf {
  return ({ side }) => {
    const { milliseconds = 0, jitter = 0 } = latency[side] ?? {};
    const half = Math.round((milliseconds + random() * jitter) / 2);
    return [half, half];
  };
}

/**
 * @returns the same latency on both sides
 *
 * @internal for tests
 */
export function bothSides(milliseconds: number, jitter = 0): Record<Side, Latency> {
  const latency = { milliseconds, jitter };
  return { hub: latency, fortnox: latency };
}

/**
 * @param text `MS` or `MS:JITTER`
 * @param option the option that it came by, for the sentence
 * @throws Error with a sentence when it is something else
 */
export function readLatency(text: string, option: string): Latency {
  const [, milliseconds, jitter = '0'] = /^(\d{1,6})(?::(\d{1,6}))?$/.exec(text) ?? [];
  if (milliseconds === undefined) {
    throw new Error(
      `${option} takes milliseconds, such as 200, or 200:50 for up to 50 more, not "${text}".`,
    );
  }
  return { milliseconds: Number(milliseconds), jitter: Number(jitter) };
}
