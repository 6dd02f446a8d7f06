import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, normalize, posix } from 'node:path';

/** A file or a folder, as the resource tree shows it. */
interface ResourceNode {
  readonly path: string;
  readonly type: 'directory' | 'file';
  readonly children?: ResourceNode[];
}

/** @returns what is below a folder of the Hub's resources; paths are the Hub's and begin with a slash */
export function resourceTree(root: string, path = '/'): ResourceNode[] {
  return readdirSync(join(root, path), { withFileTypes: true })
    .sort((a, b) => a.name.localeCompare(b.name))
    .map((entry): ResourceNode => {
      const child = posix.join(path, entry.name);
      if (!statSync(join(root, child)).isDirectory()) {
        return { path: child, type: 'file' };
      }
      return { path: child, type: 'directory', children: resourceTree(root, child) };
    });
}

/** @returns a file's content, or undefined where there is none; nothing outside the folder is read */
export function resourceFile(root: string, path: string): Buffer | undefined {
  const inside = normalize(posix.join('/', path));
  try {
    return readFileSync(join(root, inside));
  } catch {
    return undefined;
  }
}

/** @returns the paths of all files below a folder, in a fixed order */
export function resourcePaths(root: string): string[] {
  const pathsOf = (nodes: readonly ResourceNode[]): string[] =>
    nodes.flatMap(({ path, type, children = [] }) => (type === 'file' ? path : pathsOf(children)));
  return pathsOf(resourceTree(root));
}
