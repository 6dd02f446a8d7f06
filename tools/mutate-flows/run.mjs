import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVitest } from 'vitest/node';

// Each flow's picture is drawn from this very file, so that test would find any change, and would tell nothing.
const NOT_THE_PICTURE = /^(?!.*its picture in docs)/;

/** As they are named: the quickest first. */
class InThisOrder {
  sort(files) {
    return files;
  }

  shard(files) {
    return files;
  }
}

/** Runs tests against changed copies of the blueprint, one after another, in one folder. */
export class Runner {
  #root;
  #folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  #vitest;

  constructor(root) {
    this.#root = root;
  }

  async start() {
    for (const part of ['flows', 'resources', 'docs/diagrams', 'config.json']) {
      cpSync(join(this.#root, part), join(this.#folder, part), { recursive: true });
    }
    process.env.BLUEPRINT_DIR = this.#folder;
    this.#vitest = await createVitest('test', {
      config: false,
      root: this.#root,
      include: ['test/**/*.ts'],
      watch: false,
      reporters: [{}],
      pool: 'forks',
      isolate: false,
      maxWorkers: 1,
      fileParallelism: false,
      bail: 1,
      // More than a busy machine needs: a test that the clock ends would be taken for one that finds the change.
      testTimeout: 60_000,
      teardownTimeout: 1000,
      testNamePattern: NOT_THE_PICTURE,
      sequence: { sequencer: InThisOrder },
    });
    await this.#vitest.standalone();
  }

  /**
   * Compares the runs of each mutant with calls.txt and milestones.txt (stage `calls`), or with the matrix, all in one
   * process. `file` takes by the mutant's name what differs first; '' where nothing does. What it has is not looked at again.
   */
  async compare(stage, mutants, file, end) {
    const from = join(this.#folder, 'in.json');
    writeFileSync(from, JSON.stringify(mutants));
    Object.assign(process.env, {
      MUTANTS_STAGE: stage.replace(/^again-/, ''),
      MUTANTS_IN: from,
      MUTANTS_OUT: file,
      MUTANTS_SECONDS: String(Math.max(0, end - performance.now()) / 1000),
    });
    const red = await this.#red(['flows/mutate/quick.ts']);
    if (red) {
      throw new Error(`The mutants could not be compared: ${red}`);
    }
  }

  /**
   * @param mutant what is changed; `hint` names the one test that is run, where it is given
   * @returns the name of the first of these tests that it turns red; undefined where all stay green
   */
  async firstRed({ files, hint }, tests) {
    for (const [file, text] of Object.entries(files)) {
      writeFileSync(join(this.#folder, file), text);
    }
    try {
      return await this.#red(tests, hint);
    } finally {
      for (const file of Object.keys(files)) {
        cpSync(join(this.#root, file), join(this.#folder, file));
      }
    }
  }

  async #red(tests, name) {
    const escaped = name?.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' > ', ' ');
    const isTest = name && !name.endsWith(' as a whole');
    this.#vitest.setGlobalTestNamePattern(isTest ? new RegExp(`^${escaped}$`) : NOT_THE_PICTURE);
    const project = this.#vitest.getRootProject();
    const specs = tests.map((name) => project.createSpecification(join(this.#root, 'test', name)));
    // What was red in the run before is nothing of this one.
    this.#vitest.state.filesMap.clear();
    const { testModules, unhandledErrors } = await this.#vitest.runTestSpecifications(specs, false);
    const own = new Set(specs.map(({ moduleId }) => moduleId));
    for (const module of testModules.filter(({ moduleId }) => own.has(moduleId))) {
      for (const test of module.children.allTests()) {
        if (test.result().state === 'failed') {
          return `${test.fullName}`;
        }
      }
      if (module.state() === 'failed') {
        return `${module.moduleId.split('/').at(-1)} as a whole`;
      }
    }
    return unhandledErrors.length > 0 ? 'an error outside of the tests' : undefined;
  }

  async stop() {
    await this.#vitest.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
