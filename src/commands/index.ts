import type { Command } from './command.js';
import type { CommandName } from './documents.js';
import { specs } from './specs.js';

/** The module of each. */
const MODULES: Readonly<Record<CommandName, Command['load']>> = {
  install: () => import('./install.js'),
  activate: () => import('./activate.js'),
  status: () => import('./status.js'),
  refresh: () => import('./refresh.js'),
  disconnect: () => import('./disconnect.js'),
  uninstall: () => import('./uninstall.js'),
  validate: () => import('./validate.js'),
  doctor: () => import('./doctor.js'),
  completion: () => import('./completion.js'),
};

/** Every command there is. */
export const commands: readonly Command[] = specs.map((spec) => ({
  ...spec,
  load: MODULES[spec.name],
}));
