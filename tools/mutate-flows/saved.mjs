import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What mutants were found by, kept in a folder, so that a run that was ended goes on where it stood. */
export class Saved {
  #folder;
  #part;
  /** What was there when it was first asked for. */
  #all;

  /**
   * @param folder where to keep it
   * @param part name of this run's share, such as `1of4`; each share has files of its own
   */
  constructor(folder, part) {
    this.#folder = folder;
    this.#part = part;
    mkdirSync(folder, { recursive: true });
  }

  /** @returns the file that this run writes for a stage */
  fileOf(stage) {
    return join(this.#folder, `${stage}.${this.#part}.json`);
  }

  /** @returns by each mutant's name what turned red in a stage; '' where nothing did. Of all shares. */
  of(stage) {
    const files = readdirSync(this.#folder).filter((name) => name.startsWith(`${stage}.`));
    return Object.assign({}, ...files.map((name) => read(join(this.#folder, name))));
  }

  /** @returns what turned red of a mutant, in whatever stage of whatever share; undefined where nothing did */
  redOf(id) {
    this.#all ??= readdirSync(this.#folder).map((name) => read(join(this.#folder, name)));
    return this.#all.map((found) => found[id]).find((red) => red);
  }

  /** Adds what became of one mutant. */
  add(stage, id, red) {
    const file = this.fileOf(stage);
    writeFileSync(file, JSON.stringify({ ...read(file), [id]: red }));
  }
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}
