import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { ConfigError } from '../../core/errors.js';
import { MAX_DEPTH, MAX_FILES, MAX_FOLDERS } from '../limits.js';
import { words } from '../text.js';
import { type Unread, unread } from './files.js';

/** The name of the file that the Hub imports. */
export const CONFIG = 'config.json';

/** Where the files for the import lie in other layouts of public blueprints. */
export const OTHER_CONFIG = /^(config|hub\/import)\/[^/]+\.json$/;

/** The files of a blueprint's folder. */
interface Listing {
  /** Paths below the folder, with slashes, in order. */
  readonly paths: readonly string[];
  readonly problems: readonly Unread[];
}

/** The path of a problem with the folder as a whole. */
export const WHOLE = '.';
// Folders that the Hub's resources hold, and the folder that is copied there as it lies.
const FOLDERS = words('flows forms scripts resources views');
// At the top level these hold a project's own code, never a blueprint's.
const FOREIGN =
  /^(node_modules|dist|build|coverage|docs?|examples?|src|sandbox|tests?|specs?|tmp|bench|tools)$/i;
// Beside a blueprint's folders; lock files hold digests that look like secrets.
const BESIDE = /^(?!.*-lock\.json$).*\.(bpmn|pug|md|json|ya?ml|sh|txt)$/i;
const HINT = 'Give the folder that holds config.json, flows/, forms/ or resources/.';

/**
 * Lists the files of a blueprint. Links are followed to what lies in the folder only; nothing is opened.
 *
 * @param root the folder
 * @throws ConfigError when it is missing, can't be read, or holds no blueprint
 */
export function listBlueprint(root: string): Listing {
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    throw new ConfigError('blueprint_missing', `${root} is not a directory.`, HINT);
  }
  let listing: Listing;
  try {
    listing = new Lister(root).list();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new ConfigError('blueprint_unreadable', `${root} can't be read (${code}).`, HINT, cause);
  }
  const isOfBlueprint = (path: string) =>
    path === CONFIG || path === WHOLE || /\.(bpmn|pug|vue)$/i.test(path) || isInFolder(path);
  const all = [...listing.paths, ...listing.problems.map(({ file = WHOLE }) => file)];
  if (!all.some(isOfBlueprint)) {
    throw new ConfigError('blueprint_missing', `${root} holds no blueprint.`, HINT);
  }
  return listing;
}

// The one that Node writes itself looks at every folder of a path anew.
const realpath = realpathSync.native;

class Lister {
  readonly #root: string;
  readonly #real: string;
  readonly #paths: string[] = [];
  readonly #problems: Unread[] = [];
  /** The folders that a path leads through: one that comes again is a circle. */
  readonly #open: Set<string>;
  #folders = 0;
  #isDeep = false;

  constructor(root: string) {
    this.#root = root;
    this.#real = realpath(root);
    this.#open = new Set([this.#real]);
  }

  list(): Listing {
    this.#visit('');
    if (this.#isFull()) {
      const message = `There are at least ${MAX_FILES} files or ${MAX_FOLDERS} folders here; the rest is not checked.`;
      this.#note('file-size', WHOLE, message);
    }
    return { paths: this.#paths, problems: this.#problems };
  }

  #note(...[rule, path, message]: Parameters<typeof unread>): void {
    this.#problems.push(unread(rule, path, message));
  }

  /** Once: links may make many such folders. */
  #noteDepth(path: string): void {
    if (!this.#isDeep) {
      this.#isDeep = true;
      // Its whole path would fill the screen.
      const [top = path] = path.split('/');
      const message = `Folders are nested more than ${MAX_DEPTH} deep here; what is below is not checked.`;
      this.#note('file-size', top, message);
    }
  }

  #isFull(): boolean {
    return this.#paths.length >= MAX_FILES || this.#folders >= MAX_FOLDERS;
  }

  #visit(folder: string): void {
    this.#folders += 1;
    const entries = readdirSync(join(this.#root, folder), { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const { name } = entry;
      const path = folder === '' ? name : `${folder}/${name}`;
      const isForeign = name === 'node_modules' || (folder === '' && FOREIGN.test(name));
      if (name.startsWith('.') || isForeign) {
        continue;
      }
      if (this.#isFull()) {
        return;
      }
      try {
        this.#look(path, entry.isSymbolicLink());
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        const message =
          code === 'ELOOP' ? 'This link leads back to itself.' : `This can't be read (${code}).`;
        this.#note('file-unreadable', path, message);
      }
    }
  }

  #look(path: string, isLink: boolean): void {
    const at = join(this.#root, path);
    if (isLink && !isWithin(this.#real, realpath(at))) {
      const message =
        'This link leads out of the blueprint; a Hub would not get the file. Copy the file here.';
      this.#note('file-outside', path, message);
      return;
    }
    const stat = statSync(at);
    if (stat.isDirectory()) {
      if (isPart(`${path}.`) && /\.(bpmn|pug|js)$/i.test(path)) {
        this.#note('file-unreadable', path, 'This is a directory with the name of a file.');
      }
      const real = realpath(at);
      if (this.#open.size > MAX_DEPTH) {
        this.#noteDepth(path);
      } else if (!this.#open.has(real)) {
        this.#open.add(real);
        this.#visit(path);
        this.#open.delete(real);
      }
    } else if (isPart(path) && stat.isFile()) {
      this.#paths.push(path);
    } else if (isPart(path)) {
      this.#note('file-unreadable', path, 'This is not an ordinary file.');
    }
  }
}

function isPart(path: string): boolean {
  const isBeside = path.includes('/') ? /\.(bpmn|pug|vue)$/i : BESIDE;
  return isInFolder(path) || isBeside.test(path) || OTHER_CONFIG.test(path);
}

function isInFolder(path: string): boolean {
  return FOLDERS.includes(path.replace(/^hub\//, '').split('/')[0] ?? '');
}

function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(`${folder}${sep}`);
}
