import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError } from '../core/errors.js';
import { specialKind } from '../core/regular-file.js';
import { isOutside } from './inside.js';

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
    root = realpathSync.native(dir);
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
 * @throws ConfigError when a link leads out, something else is where a folder or a file must be
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
    if (leadsTo === undefined || isOutside(root, leadsTo)) {
      throw leadsOut(at);
    }
    const mustBeFolder = depth < parts.length - 1;
    const stats = statSync(leadsTo);
    const special = specialKind(stats);
    if (!special && stats.isDirectory() === mustBeFolder) {
      continue;
    }
    const needed = mustBeFolder ? 'folder' : 'file';
    const found = special ?? (mustBeFolder ? 'a file' : 'a folder');
    const message = `${at} is ${found}, where a ${needed} must be.`;
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

/**
 * Finds the file that is read for a path; a link to another one inside counts as that.
 *
 * @returns its real path; undefined where nothing is there
 * @throws ConfigError when it lies outside
 */
export function fileInside(root: string, path: string): string | undefined {
  const file = join(root, path);
  const leadsTo = realpathOf(file);
  if (leadsTo !== undefined && isOutside(root, leadsTo)) {
    throw leadsOut(file);
  }
  return leadsTo;
}

function leadsOut(link: string): ConfigError {
  const message = `The link ${link} leads out of the resources directory.`;
  const hint = 'Remove the link, or put a folder in its place.';
  return new ConfigError('resources_dir_link', message, hint);
}

/** @returns the real path, or undefined where a link leads to nothing */
function realpathOf(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}
