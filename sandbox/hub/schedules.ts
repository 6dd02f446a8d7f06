import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Cron } from 'croner';
import type { StoredProcess } from './process.js';
import type { Workflows } from './workflows.js';

/** What schedules work on. */
interface ScheduleParts {
  /** Where the armed ones are kept; need not exist yet. */
  readonly file: string;
  /** Tells the time in milliseconds since 1970. */
  readonly now: () => number;
  /** Runs a workflow whose time has come. */
  readonly fire: (key: string) => void;
}

/** Timer starts that are armed: each runs its workflow whenever its cron comes due. A file keeps them. */
export class Schedules {
  readonly #parts: ScheduleParts;
  readonly #armed: Map<string, { cron: string; next: number }>;

  constructor(parts: ScheduleParts) {
    this.#parts = parts;
    const { file } = parts;
    this.#armed = new Map(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []);
  }

  /** @returns the keys of the workflows that are armed, with the time of their next run in milliseconds since 1970 */
  armed(): { key: string; next: number }[] {
    return [...this.#armed].map(([key, { next }]) => ({ key, next }));
  }

  /** Arms a workflow's schedule, or sets an armed one anew. */
  arm(key: string, cron: string): void {
    this.#armed.set(key, { cron, next: nextRun(cron, this.#parts.now()) });
    this.#keep();
  }

  /** Runs what has come due: once, however often it would have been its turn in the meantime. */
  tick(): void {
    const now = this.#parts.now();
    for (const [key, { cron, next }] of this.#armed) {
      if (next <= now) {
        this.arm(key, cron);
        this.#parts.fire(key);
      }
    }
  }

  #keep(): void {
    writeFileSync(this.#parts.file, JSON.stringify([...this.#armed], null, 2));
  }
}

/**
 * Arms the schedule of a workflow that has one.
 *
 * @param user authorization of whoever started it
 * @returns the process that waits for it; undefined where the flow has no timer start
 */
export function armStart(
  key: string,
  user: string,
  { workflows, schedules }: { readonly workflows: Workflows; readonly schedules: Schedules },
): StoredProcess | undefined {
  const cron = cronOf(workflows.source(key) ?? '');
  if (cron === undefined) {
    return undefined;
  }
  schedules.arm(key, cron);
  return workflows.wait(key, user);
}

/**
 * @param source a flow's BPMN
 * @returns the cron of its timer start; undefined where it has none, or one that is no cron
 */
function cronOf(source: string): string | undefined {
  const [, start = ''] =
    /<(?:\w+:)?startEvent\b[^>]*>(.*?)<\/(?:\w+:)?startEvent>/s.exec(source) ?? [];
  const [, cycle] = /<(?:\w+:)?timeCycle\b[^>]*>([^<]*)</.exec(start) ?? [];
  try {
    return cycle && new Cron(cycle.trim(), { paused: true }) ? cycle.trim() : undefined;
  } catch {
    return undefined;
  }
}

function nextRun(cron: string, now: number): number {
  return (
    new Cron(cron, { paused: true }).nextRun(new Date(now))?.getTime() ?? Number.POSITIVE_INFINITY
  );
}
