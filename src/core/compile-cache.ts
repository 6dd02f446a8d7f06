import module from 'node:module';
import { join } from 'node:path';
import type { Context } from './context.js';

/**
 * Has Node keep what it compiles, so that the next run starts sooner: from Node 22.1 on, and in the person's own cache
 * folder. Not in the temporary folder that Node would take, since on some systems others can write there.
 *
 * @param env names the cache folder: `XDG_CACHE_HOME`, `LOCALAPPDATA`, or `.cache` in `HOME`; without one nothing is kept
 */
export function keepCompiled(env: Context['env']): void {
  const { enableCompileCache } = module as { enableCompileCache?: (folder: string) => unknown };
  const base = env.XDG_CACHE_HOME || env.LOCALAPPDATA || (env.HOME && join(env.HOME, '.cache'));
  if (base && !env.NODE_COMPILE_CACHE) {
    enableCompileCache?.(join(base, 'fortnox-blueprint'));
  }
}
