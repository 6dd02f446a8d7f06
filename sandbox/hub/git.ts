import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { resourceFile, resourcePaths } from './resources.js';

/** A commit, as the history shows it. */
interface Commit {
  readonly commitid: string;
  readonly date: string;
}

/** The Hub's own copy of a Git repository: what is in the checkout is seen only after a sync. */
export class GitCopy {
  readonly #checkout: string;
  readonly #copy: string;
  readonly #file: string;

  /**
   * @param checkout the folder that stands for the repository
   * @param dataDir where the copy and its commits are kept
   */
  constructor(checkout: string, dataDir: string) {
    this.#checkout = checkout;
    this.#copy = join(dataDir, 'synced');
    this.#file = join(dataDir, 'commits.json');
    mkdirSync(this.#copy, { recursive: true });
    if (this.history().length === 0) {
      this.sync(Date.now());
    }
  }

  /** The folder that the Hub reads. */
  get folder(): string {
    return this.#copy;
  }

  /** @returns the commits, the newest first */
  history(): readonly Commit[] {
    return existsSync(this.#file) ? JSON.parse(readFileSync(this.#file, 'utf8')) : [];
  }

  /** Brings the copy to what is in the checkout; where something changed, that is a commit. */
  sync(now: number): void {
    const hash = createHash('sha1');
    for (const path of resourcePaths(this.#checkout)) {
      hash.update(path).update(resourceFile(this.#checkout, path) ?? '');
    }
    const commitid = hash.digest('hex');
    const [newest] = this.history();
    if (newest?.commitid === commitid) {
      return;
    }
    rmSync(this.#copy, { recursive: true });
    cpSync(this.#checkout, this.#copy, { recursive: true });
    // The checkout may be one that takes no files; its copy is the Hub's own.
    chmodSync(this.#copy, 0o755);
    const commit: Commit = { commitid, date: new Date(now).toISOString() };
    writeFileSync(this.#file, JSON.stringify([commit, ...this.history()], null, 2));
  }
}
