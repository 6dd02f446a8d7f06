import type { Context } from '../core/context.js';
import type { HubClient } from '../hub/client.js';
import type { ResourcesDir } from './files.js';

/** What a plan is applied to. */
export interface Target {
  readonly hub: HubClient;
  /** Where files are written; undefined where they are left out. */
  readonly dir: ResourcesDir | undefined;
  /** How long to wait until the Hub shows the files. */
  readonly waitMs: number;
  readonly context: Context;
}
