import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../blueprint/load.js';
import type { Context } from '../context.js';
import { BlueprintError, InterruptedError, PartialError } from '../errors.js';
import { ExitCode } from '../exit-codes.js';
import type { HubClient } from '../hub/client.js';
import { type Change, changeDocument, changeLines } from './change.js';
import type { ResourcesDir } from './files.js';
import type { ResourceChange } from './plan.js';
import { applySetting, type SettingChange } from './settings.js';

/** All that is to be done, in the order in which it is done. */
export interface Plan {
  readonly settings: SettingChange[];
  readonly resources: ResourceChange[];
  /** Forms and workflows; imported together. */
  readonly config: Change[];
  readonly record: ResourceChange | undefined;
}

/** @returns every change of a plan that a person cares for; the install record is none of them */
export function changesOf({ settings, resources, config }: Plan): Change[] {
  return [...settings, ...resources, ...config];
}

const POLL_MS = 2000;

/** Carries out a plan. */
export class Application {
  readonly #plan: Plan;
  readonly #hub: HubClient;
  readonly #context: Context;
  #hasChanged = false;

  constructor(plan: Plan, hub: HubClient, context: Context) {
    this.#plan = plan;
    this.#hub = hub;
    this.#context = context;
  }

  /**
   * Applies settings, then files, then config.json, then the install record.
   *
   * @param dir where files are written; undefined where they are skipped
   * @param waitMs how long to wait until the Hub shows the files
   * @throws PartialError when something had been changed before a failure; else the failure itself
   */
  async run(dir: ResourcesDir | undefined, config: Config, waitMs: number): Promise<void> {
    try {
      await this.#applySettings();
      if (dir) await this.#applyResources(dir, waitMs);
      await this.#applyConfig(config);
      const { record } = this.#plan;
      if (dir && record && record.state === 'pending') {
        dir.write(record.id, record.content);
        record.state = 'done';
      }
    } catch (error) {
      throw this.#failure(error);
    }
  }

  async #applySettings(): Promise<void> {
    const pending = this.#plan.settings.filter(({ state, record }) => state === 'pending' && record);
    if (pending.length > 0) this.#say(`Writing ${pending.length} settings`);
    const outcomes = await Promise.allSettled(
      pending.map(async (change) => {
        try {
          await applySetting(this.#hub, change);
          this.#done(change);
        } catch (error) {
          change.state = 'failed';
          throw error;
        }
      }),
    );
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  }

  async #applyResources(dir: ResourcesDir, waitMs: number): Promise<void> {
    const pending = this.#plan.resources.filter(({ state }) => state === 'pending');
    if (pending.length > 0) this.#say(`Writing ${pending.length} files`);
    for (const change of pending) {
      if (this.#context.signal.aborted) throw new InterruptedError();
      try {
        if (change.edited) dir.write(`${change.id}.bak-${this.#stamp()}`, change.edited);
        dir.write(change.id, change.content);
      } catch (error) {
        change.state = 'failed';
        const hint = 'See that there is room and that this user may write there, and run install again.';
        const message = `The file ${change.id} could not be written.`;
        throw new BlueprintError('resource_not_written', message, ExitCode.usage, { hint, cause: error });
      }
      this.#done(change);
    }
    if (pending.length > 0) await this.#untilShown(pending, waitMs);
  }

  /** Waits until the Hub's own API shows the files; a Hub that has no such API is believed. */
  async #untilShown(written: readonly ResourceChange[], waitMs: number): Promise<void> {
    const deadline = this.#context.now() + waitMs;
    for (;;) {
      const stale = await this.#notShown(written);
      if (stale.length === 0) return;
      if (this.#context.now() >= deadline) {
        throw new BlueprintError(
          'resources_not_synced',
          `The Hub does not show ${stale.length} of the files that were written, such as ${stale[0]?.id}.`,
          ExitCode.partial,
          {
            hint: 'Where the Hub takes its resources from Git: commit, let it sync, and run install again; --wait waits for it. Else check --resources-dir.',
          },
        );
      }
      this.#say('Waiting until the Hub shows the files');
      await sleep(POLL_MS, undefined, { signal: this.#context.signal }).catch(() => {
        throw new InterruptedError();
      });
    }
  }

  /** @returns the files that the Hub shows otherwise than written; none where it shows no files at all */
  async #notShown(written: readonly ResourceChange[]): Promise<readonly ResourceChange[]> {
    const [shown, ...contents] = await Promise.all([
      this.#hub.resourcePaths(),
      ...written.map(({ id }) => this.#hub.resourceFile(id)),
    ]);
    if (!shown) return [];
    return written.filter(({ id, content }, at) => !shown.has(id) || contents[at]?.equals(content) !== true);
  }

  async #applyConfig(config: Config): Promise<void> {
    const pending = this.#plan.config.filter(({ state }) => state === 'pending');
    if (pending.length === 0) return;
    this.#say('Importing config.json');
    try {
      await this.#hub.importConfig(config);
    } catch (error) {
      for (const change of pending) change.state = 'failed';
      throw error;
    }
    for (const change of pending) this.#done(change);
  }

  #done(change: Change): void {
    change.state = 'done';
    this.#hasChanged = true;
  }

  #say(text: string): void {
    this.#context.output.progress(text);
  }

  /** What stops part-way is told from what changed nothing. */
  #failure(error: unknown): unknown {
    if (!this.#hasChanged || !(error instanceof BlueprintError) || error.exitCode === ExitCode.interrupted) {
      return error;
    }
    const changes = changesOf(this.#plan);
    const count = (state: Change['state']) => changes.filter((change) => change.state === state).length;
    const lines = [
      ...changeLines(changes),
      `${count('done')} done, ${count('failed')} failed, ${count('pending')} still to do.`,
    ];
    const hint = error.exitCode === ExitCode.partial ? error.hint : `${error.hint} Then run install again.`;
    const document = { changes: changes.map(changeDocument), verified: null };
    return new PartialError(error.code, error.message, { hint, cause: error }, document, lines);
  }

  #stamp(): string {
    return new Date(this.#context.now()).toISOString().replace(/[-:]|\.\d+/g, '');
  }
}
