import { lstatSync, readlinkSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { ConfigError } from '../core/errors.js';
import { codeOf, reasonOf } from '../core/reason.js';
import { readRegularFile } from '../core/regular-file.js';
import { existingAbove, fileInside, refuseObstacles, rootOf } from './files-check.js';
import { discard, leftoversIn, namesIn, replaceFile, temporaryName } from './files-write.js';
import { excludeFromGit, includeInGit } from './git-exclude.js';

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
   * @throws ConfigError when it is there and can't be read, is no file at all, or lies outside
   */
  read(path: string): Buffer | undefined {
    const file = join(this.#root, path);
    try {
      const inside = fileInside(this.#root, path);
      return inside === undefined ? undefined : readRegularFile(inside);
    } catch (error) {
      if (error instanceof ConfigError) {
        throw error;
      }
      if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) {
        return undefined;
      }
      const hint = 'Run this program as a user that may read it, or move the file away.';
      const message = `The file ${file} cannot be read: ${reasonOf(error)}.`;
      throw new ConfigError('resource_unreadable', message, hint, error);
    }
  }

  /** @returns what a link leads to that lies in place of a file; undefined where there is no link */
  linkAt(path: string): string | undefined {
    const file = join(this.#root, path);
    const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink();
    return isLink ? readlinkSync(file) : undefined;
  }

  /** @returns whether a folder or file is there */
  has(path: string): boolean {
    return lstatSync(join(this.#root, path), { throwIfNoEntry: false }) !== undefined;
  }

  /**
   * Writes a file beside its place, flushes it to the disk and renames it, so that no reader sees half of it, nor does
   * anyone after a power cut. The folders above it are looked at once more, as someone may have put a link there since.
   *
   * @throws ConfigError when it can't be written, or would be outside; what was there is still there then
   */
  write({ id, content }: FileContent): void {
    refuseObstacles(this.#root, id);
    try {
      replaceFile(join(this.#root, id), content);
    } catch (error) {
      const hint = 'Check that the disk is not full and that this user may write there.';
      const message = `The file ${id} could not be written: ${reasonOf(error)}.`;
      throw new ConfigError('resource_not_written', message, hint, error);
    }
  }

  /**
   * Removes a file; of a link, the link alone.
   *
   * @throws ConfigError when it can't be removed, or lies outside
   */
  remove(path: string): void {
    refuseObstacles(this.#root, path);
    try {
      rmSync(join(this.#root, path), { force: true });
    } catch (error) {
      const message = `The file ${path} could not be removed: ${reasonOf(error)}.`;
      const hint = 'Check that this user may write there.';
      throw new ConfigError('resource_not_removed', message, hint, error);
    }
  }

  /** Writes an empty file that no run needs, and that the next one clears where this one can't. @returns its Hub path */
  leaveScratch(): string {
    const path = `/${temporaryName('scratch')}`;
    this.write({ id: path, content: Buffer.alloc(0) });
    return path;
  }

  /** Keeps what is put beside the files out of Git, where the folder lies in a working tree. */
  excludeFromGit(): void {
    excludeFromGit(this.#root);
  }

  /** Takes that back. */
  includeInGit(): void {
    includeInGit(this.#root);
  }

  /** Removes a folder where it is empty. */
  removeEmptyFolder(path: string): void {
    try {
      rmdirSync(join(this.#root, path));
    } catch {
      // Something lies in it, or it is not there: either is as it should be.
    }
  }

  /** @returns the copies that were kept beside files of these paths, with their Hub paths */
  backupsOf(paths: readonly string[]): string[] {
    const folders = [...new Set(paths.map((path) => dirname(path)))];
    return folders.flatMap((folder) =>
      namesIn(join(this.#root, folder))
        .map((name) => posix.join(folder, name))
        .filter((name) =>
          paths.some((path) => BACKUP.test(name.slice(path.length)) && name.startsWith(path)),
        ),
    );
  }

  /** Clears what a run left behind that was killed while it wrote one of these files. */
  clearLeftovers(paths: readonly string[]): void {
    for (const folder of new Set(['/', ...paths.map((path) => dirname(path))])) {
      for (const leftover of leftoversIn(join(this.#root, folder))) {
        discard(leftover);
      }
    }
  }
}

/** What follows the name of a file in that of a copy which is kept of it. */
const BACKUP = /^\.bak-\d{8}T\d{6}Z$/;
