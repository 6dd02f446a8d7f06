import { randomBytes } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { ConfigError } from '../errors.js';

const MODE = 0o644;

/** The Hub's resources as a folder on this computer. Paths are the Hub's and begin with a slash. */
export class ResourcesDir {
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
  }

  /**
   * Opens the folder, and checks all that can be checked before anything is written.
   *
   * @param dir the folder; may itself be a symlink
   * @param paths the files that may be written
   * @throws ConfigError when it is no folder, can't be written to, is full, or a link in it leads out
   */
  static open(dir: string, paths: readonly string[]): ResourcesDir {
    const hint =
      "Give the Hub's resources, mounted or checked out, with --resources-dir or in ONIFY_RESOURCES_DIR.";
    let root: string;
    try {
      root = realpathSync(dir);
    } catch (error) {
      throw new ConfigError(
        'resources_dir_missing',
        `The resources directory ${dir} does not exist.`,
        hint,
        error,
      );
    }
    if (!statSync(root).isDirectory()) {
      throw new ConfigError('resources_dir_no_directory', `${dir} is no directory.`, hint);
    }
    const resources = new ResourcesDir(root);
    for (const path of paths) resources.#refuseLinksOut(path);
    return resources;
  }

  /**
   * Checks that the folder can be written to, by writing beside what is there and taking it back.
   *
   * @throws ConfigError when it can't
   */
  checkWritable(): void {
    const probe = join(this.#root, temporaryName('.probe'));
    try {
      writeFileSync(probe, 'x', { mode: MODE });
      const { bavail, bsize } = statfsSync(this.#root);
      if (bavail * bsize < 1_000_000) throw new Error('less than 1 MB is free');
    } catch (error) {
      const reason = error instanceof Error ? error.message.replace(/,? (open|write) '.*'$/, '') : 'unknown';
      const hint = 'Run the program as a user that may write there, and see that there is room.';
      const message = `The resources directory cannot be written to (${reason}).`;
      throw new ConfigError('resources_dir_not_writable', message, hint, error);
    } finally {
      rmSync(probe, { force: true });
    }
  }

  /** @returns a file's content, or undefined where there is none */
  read(path: string): Buffer | undefined {
    try {
      return readFileSync(join(this.#root, path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Writes a file beside its place and renames it, so that no reader sees half of it. */
  write(path: string, content: Buffer): void {
    const target = join(this.#root, path);
    mkdirSync(dirname(target), { recursive: true });
    const beside = join(dirname(target), temporaryName(path));
    try {
      writeFileSync(beside, content, { mode: MODE, flag: 'wx' });
      renameSync(beside, target);
    } catch (error) {
      rmSync(beside, { force: true });
      throw error;
    }
  }

  // A link to a place outside would let an installation write over files that are none of the Hub's.
  #refuseLinksOut(path: string): void {
    let at = this.#root;
    for (const part of path.split('/').filter(Boolean)) {
      at = join(at, part);
      const entry = lstatSync(at, { throwIfNoEntry: false });
      if (!entry) return;
      if (!entry.isSymbolicLink()) continue;
      const leadsTo = realpathOf(at);
      if (leadsTo === undefined || !(leadsTo + sep).startsWith(this.#root + sep)) {
        const hint = 'Remove the link, or put a folder in its place.';
        throw new ConfigError(
          'resources_dir_link',
          `The link ${at} leads out of the resources directory.`,
          hint,
        );
      }
    }
  }
}

function temporaryName(path: string): string {
  return `.${path.split('/').at(-1)}.${randomBytes(6).toString('hex')}.new`;
}

function realpathOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
