import system, { type PlatformPath } from 'node:path';

/**
 * @param paths how the system writes paths: between two drives of Windows there is no relative one
 * @returns whether a real path is not below the folder, which is a real path too
 */
export function isOutside(root: string, leadsTo: string, paths: PlatformPath = system): boolean {
  const path = paths.relative(root, leadsTo);
  return paths.isAbsolute(path) || path.split(paths.sep)[0] === '..';
}
