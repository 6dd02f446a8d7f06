import { type Blueprint, loadBlueprint } from '../blueprint/load.js';
import type { Context } from '../core/context.js';
import { ConfigError } from '../core/errors.js';
import { counted } from '../core/text.js';

/** @returns the package's blueprint @throws ConfigError where it can't be read, as it is damaged */
export async function readableBlueprint(context: Context): Promise<Blueprint> {
  try {
    return loadBlueprint(context.packageRoot);
  } catch (error) {
    // What can't even be read has findings, which say more.
    await checkBlueprint(context);
    throw error;
  }
}

/** @throws ConfigError where the package's blueprint is not as it was released */
export async function checkBlueprint(context: Context): Promise<void> {
  const { validateBlueprint } = await import('../validate/index.js');
  const { ownRules } = await import('../blueprint/rules.js');
  const { errors } = await validateBlueprint(context.packageRoot, ownRules(context.packageRoot));
  if (errors > 0) {
    const message = `This copy of the blueprint is damaged: validate finds ${counted(errors, 'error')} in it.`;
    const hint = 'See them with "fortnox-blueprint validate", and install the package again.';
    throw new ConfigError('blueprint_invalid', message, hint);
  }
}
