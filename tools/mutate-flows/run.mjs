import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVitest } from 'vitest/node';

/** The tests that look at a file, by a part of its name; the quickest that is likely to find a change comes first. */
const TESTS = [
  [/refresh-schedule|plan-schedule|judge-run|copy-run/, ['schedule']],
  [/connection-status|report-connection/, ['connection-status']],
  [/activation-url/, ['activation-url']],
  [/disconnect/, ['disconnect']],
  [/generate-access-token|check-consent/, ['activation', 'losses']],
  [/refresh-access-token|choose-grant/, ['refresh-grants', 'refresh-faults', 'losses']],
  [
    /read-settings|explain/,
    ['refresh-grants', 'refresh-faults', 'activation', 'disconnect', 'schedule', 'losses'],
  ],
];
const FLOWS = [
  [/check-consent/, ['fortnox-generate-access-token']],
  [/choose-grant/, ['fortnox-refresh-access-token']],
  [/choose-disconnect/, ['fortnox-disconnect']],
];
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
    symlinkSync(join(this.#root, 'node_modules'), join(this.#folder, 'node_modules'));
    process.env.BLUEPRINT_DIR = this.#folder;
    this.#vitest = await createVitest(
      'test',
      {
        config: false,
        root: this.#root,
        watch: false,
        reporters: [{}],
        pool: 'forks',
        isolate: false,
        maxWorkers: 1,
        fileParallelism: false,
        bail: 1,
        testTimeout: 15_000,
        teardownTimeout: 1000,
        update: false,
        testNamePattern: NOT_THE_PICTURE,
        sequence: { sequencer: InThisOrder },
      },
      {},
    );
    await this.#vitest.standalone();
  }

  /** @returns the name of the first test that a mutant turns red; undefined where all stay green */
  async firstRed(mutant) {
    for (const [file, text] of Object.entries(mutant.files)) {
      writeFileSync(join(this.#folder, file), text);
    }
    try {
      for (const stage of stagesOf(Object.keys(mutant.files))) {
        process.env.MATRIX_FLOWS = stage.flows ?? '';
        const red = await this.#red(stage.tests);
        if (red) {
          return red;
        }
      }
      return undefined;
    } finally {
      for (const file of Object.keys(mutant.files)) {
        cpSync(join(this.#root, file), join(this.#folder, file));
      }
    }
  }

  async #red(tests) {
    const specs = tests.map((name) =>
      this.#vitest
        .getRootProject()
        .createSpecification(join(this.#root, 'test', `${name}.test.ts`)),
    );
    this.#vitest.state.filesMap?.clear();
    const { testModules, unhandledErrors } = await this.#vitest.runTestSpecifications(specs, false);
    for (const module of testModules) {
      for (const test of module.children.allTests()) {
        if (test.result().state === 'failed') {
          return test.fullName;
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

function stagesOf(files) {
  const isScript = files.every((file) => file.endsWith('.js'));
  const isOf = ([pattern]) => files.some((file) => pattern.test(file));
  const own = [...new Set(TESTS.filter(isOf).flatMap(([, tests]) => tests))].map(
    (name) => `flows/${name}.flow`,
  );
  const flows = isScript
    ? FLOWS.filter(isOf).flatMap(([, names]) => names)
    : files.map((file) => file.replace(/^flows\/|\.bpmn$/g, ''));
  const first = isScript
    ? ['scripts/scripts', 'scripts/limits']
    : ['flows/diagram', 'scripts/scripts'];
  return [
    { tests: [...first, 'flows/calls.flow', ...own, 'flows/milestones.flow', 'flows/same'] },
    ...(flows.length > 0 ? [{ tests: ['flows/matrix.flow'], flows: flows.join(',') }] : []),
  ];
}
