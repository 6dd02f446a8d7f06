import { BlueprintError } from '../core/errors.js';
import type { HubClient } from '../hub/client.js';
import type { ResourcesDir } from './files.js';

type Settled = readonly { readonly isSettled: boolean }[];

/** What of a plan tells whether anything depends on it. */
interface Open {
  readonly settings: Settled;
  readonly toBeShown: readonly unknown[];
  readonly config: Settled;
}

/** Who is asked, and where the scratch file goes. */
interface Places {
  readonly hub: Pick<HubClient, 'resourcePaths'>;
  readonly dir: Pick<ResourcesDir, 'leaveScratch' | 'remove'> | undefined;
}

/**
 * Learns whether the Hub serves the resources directory itself, and not a copy that is synced later: a scratch file is
 * put into it, and the Hub asked for it. Done while settings are written, it saves waiting for the Hub once.
 *
 * @returns false where it does not, or doesn't say, or where nothing depends on it
 */
export async function isMounted(plan: Open, { hub, dir }: Places): Promise<boolean> {
  const isOpen = (change: { isSettled: boolean }) => !change.isSettled;
  const isWorthIt =
    plan.settings.some(isOpen) && plan.toBeShown.length > 0 && plan.config.some(isOpen);
  if (!dir || !isWorthIt) {
    return false;
  }
  const scratch = dir.leaveScratch();
  try {
    return (await hub.resourcePaths())?.has(scratch) === true;
  } catch (error) {
    if (error instanceof BlueprintError) {
      // The check of the files that follows says what is wrong.
      return false;
    }
    throw error;
  } finally {
    dir.remove(scratch);
  }
}
