import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError } from '../core/errors.js';
import { existingAbove, refuseObstacles, rootOf } from './files-check.js';

/** Readable by all: the Hub runs as another user. Set after the fact, as a umask takes rights away. */
const FILE_MODE = 0o644;
const FOLDER_MODE = 0o755;

/** A file to be written. */
export interface FileContent {
  /** The Hub's path. */
  readonly id: string;
  readonly content: Buffer;
}

/** The Hub's resources as a folder on this computer. Paths are the Hub's and begin with a slash. */
export class ResourcesDir {
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
  }

  /**
   * Opens the folder, and checks what can be checked without writing.
   *
   * @param dir the folder; may itself be a symlink
   * @param paths the files that may be written
   * @throws ConfigError when it is not a directory, or something in it is in the way of a file or leads out of it
   */
  static open(dir: string, paths: readonly string[]): ResourcesDir {
    const root = rootOf(dir);
    for (const path of paths) {
      refuseObstacles(root, path);
    }
    return new ResourcesDir(root);
  }

  /**
   * Checks that files can be written and that there is room for them, by writing as much beside where they go and
   * taking it back.
   *
   * @throws ConfigError when they can't
   */
  checkWritable(files: readonly FileContent[]): void {
    if (files.length === 0) {
      return;
    }
    const total = files.reduce((bytes, { content }) => bytes + content.length, 0);
    const folders = new Set(files.map(({ id }) => existingAbove(join(this.#root, id))));
    for (const folder of folders) {
      this.#probe(folder, folder === this.#root ? 1 : total);
    }
    this.#probe(this.#root, total);
  }

  #probe(folder: string, bytes: number): void {
    const probe = join(folder, temporaryName('probe'));
    try {
      writeFileSync(probe, Buffer.alloc(bytes, 'x'), { flag: 'wx' });
    } catch (error) {
      const hint =
        'Run this program as a user that may write there, and check that the disk is not full.';
      const message = `The resources directory cannot be written to: ${reasonOf(error)} (${folder}).`;
      throw new ConfigError('resources_dir_not_writable', message, hint, error);
    } finally {
      discard(probe);
    }
  }

  /**
   * Reads a file.
   *
   * @returns its content, or undefined where there is none
   * @throws ConfigError when it is there and can't be read
   */
  read(path: string): Buffer | undefined {
    const file = join(this.#root, path);
    try {
      return readFileSync(file);
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) {
        return undefined;
      }
      const hint = 'Run this program as a user that may read it, or move the file away.';
      const message = `The file ${file} cannot be read: ${reasonOf(error)}.`;
      throw new ConfigError('resource_unreadable', message, hint, error);
    }
  }

  /**
   * Writes a file beside its place and renames it, so that no reader sees half of it.
   *
   * @throws ConfigError when it can't be written; what was there is still there then
   */
  write({ id, content }: FileContent): void {
    const target = join(this.#root, id);
    const beside = join(dirname(target), temporaryName(id));
    try {
      makeFolder(dirname(target));
      writeFileSync(beside, content, { flag: 'wx' });
      chmodSync(beside, FILE_MODE);
      renameSync(beside, target);
    } catch (error) {
      discard(beside);
      const hint = 'Check that the disk is not full and that this user may write there.';
      const message = `The file ${id} could not be written: ${reasonOf(error)}.`;
      throw new ConfigError('resource_not_written', message, hint, error);
    }
  }
}

function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined) {
    return;
  }
  for (let made = folder; made.length >= first.length; made = dirname(made)) {
    chmodSync(made, FOLDER_MODE);
  }
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It was never made: the failure that led here says why.
  }
}

function temporaryName(path: string): string {
  return `.${path.split('/').at(-1)}.${randomBytes(6).toString('hex')}.new`;
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code);
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'it is mounted read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EISDIR: 'it is a folder',
  EFBIG: 'the disk is full',
};

function reasonOf(error: unknown): string {
  return REASONS[codeOf(error)] ?? codeOf(error);
}
