import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { ConfigError } from '../core/errors.js';

/**
 * Finds the folder that holds the Hub's resources.
 *
 * @param dir may be a symlink
 * @returns its real path
 * @throws ConfigError when it does not exist or is not a directory
 */
export function rootOf(dir: string): string {
  const hint =
    "Give the Hub's resources, mounted or checked out, with --resources-dir or in ONIFY_RESOURCES_DIR.";
  let root: string;
  try {
    root = realpathSync(dir);
  } catch (error) {
    const message = `The resources directory ${dir} does not exist.`;
    throw new ConfigError('resources_dir_missing', message, hint, error);
  }
  if (statSync(root).isDirectory()) {
    return root;
  }
  throw new ConfigError('resources_dir_no_directory', `${dir} is not a directory.`, hint);
}

/**
 * Looks at every folder above a file. A link to a place outside would let an installation write over files
 * that are none of the Hub's.
 *
 * @throws ConfigError when a link leads out, a file is where a folder must be, or the other way round
 */
export function refuseObstacles(root: string, path: string): void {
  try {
    walk(root, path);
  } catch (error) {
    if (error instanceof ConfigError) {
      throw error;
    }
    const hint = 'Run this program as a user that may read it.';
    const message = `Something below ${root} cannot be read.`;
    throw new ConfigError('resources_dir_unreadable', message, hint, error);
  }
}

function walk(root: string, path: string): void {
  const parts = path.split('/').filter(Boolean);
  let at = root;
  for (const [depth, part] of parts.entries()) {
    at = join(at, part);
    if (!lstatSync(at, { throwIfNoEntry: false })) {
      return;
    }
    const leadsTo = realpathOf(at);
    if (leadsTo === undefined || relative(root, leadsTo).split(sep)[0] === '..') {
      const message = `The link ${at} leads out of the resources directory.`;
      const hint = 'Remove the link, or put a folder in its place.';
      throw new ConfigError('resources_dir_link', message, hint);
    }
    const mustBeFolder = depth < parts.length - 1;
    if (statSync(leadsTo).isDirectory() === mustBeFolder) {
      continue;
    }
    const [found, needed] = mustBeFolder ? ['file', 'folder'] : ['folder', 'file'];
    const message = `${at} is a ${found}, where a ${needed} must be.`;
    const hint = 'Move it away, and run install again.';
    throw new ConfigError('resources_dir_obstacle', message, hint);
  }
}

/** @returns the nearest folder above a file that is there */
export function existingAbove(file: string): string {
  let folder = dirname(file);
  while (!existsSync(folder)) {
    folder = dirname(folder);
  }
  return folder;
}

/** @returns the real path, or undefined where a link leads to nothing */
function realpathOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
