import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../..');
const folder = join(root, '.github/workflows');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const { engines, scripts } = JSON.parse(read('package.json'));

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly 'runs-on': unknown;
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const files = readdirSync(folder);
const workflows = files.map((name): [string, string, Workflow] => {
  const text = readFileSync(join(folder, name), 'utf8');
  return [name, text, parse(text)];
});
const workflow = (name: string): Workflow => parse(read(`.github/workflows/${name}`));
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps);

/** A commit, and the tag that a person reads. */
const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

describe.each(workflows)('%s', (_name, text, parsed) => {
  test('names each action by its commit, with the tag in a comment, the same one everywhere', () => {
    const uses = [...text.matchAll(/uses: (.+)/g)].map(([, use = '']) => use);
    expect(uses.length).toBeGreaterThan(1);
    expect(uses.filter((use) => !PINNED.test(use))).toEqual([]);
    for (const use of uses) {
      const [, action = '', commit = '', tag = ''] = /^(.+)@(\w+) # (.+)$/.exec(use) ?? [];
      expect(read('CONTRIBUTING.md')).toContain(`| ${action} | ${tag} | ${commit} |`);
    }
  });

  test('may read, and what is more only where a job needs it', () => {
    expect(parsed.permissions).toEqual({ contents: 'read' });
    for (const { permissions, environment } of Object.values(parsed.jobs)) {
      // The identity that npm checks is for the job alone that someone has to let run.
      const isPublishing = environment === 'npm';
      expect(permissions).toEqual(
        isPublishing ? { contents: 'read', 'id-token': 'write' } : undefined,
      );
    }
  });

  test('keeps no credentials in a checkout, and shares no cache', () => {
    const checkouts = stepsOf(parsed).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBe(Object.keys(parsed.jobs).length);
    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
    const nodes = stepsOf(parsed).filter(({ uses }) => uses?.startsWith('actions/setup-node@'));
    expect(nodes.filter((step) => step.with?.['package-manager-cache'] !== false)).toEqual([]);
  });

  test('puts nothing that others write into a command, and ends by itself', () => {
    for (const { run = '' } of stepsOf(parsed)) {
      expect(run).not.toContain('${{');
    }
    expect(Object.keys(parsed.on)).not.toContain('pull_request_target');
    for (const job of Object.values(parsed.jobs)) {
      expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
    }
  });
});

describe('ci.yml', () => {
  const { jobs, on } = workflow('ci.yml');

  test('runs the tests on three systems, on the oldest and the newest Node that is promised', () => {
    expect(jobs.test?.strategy?.matrix).toEqual({
      os: ['ubuntu-latest', 'macos-latest', 'windows-latest'],
      node: [engines.node.replace('>=', ''), '24'],
    });
    expect(on).toHaveProperty('pull_request');
  });

  test('uses no shell there but to call npm', () => {
    const commands = jobs.test?.steps.flatMap(({ run = [] }) => run);
    expect(commands).toEqual(['npm cit']);
  });

  test('runs on Linux alone what needs a shell', () => {
    for (const { steps, ...job } of Object.values(jobs)) {
      if (steps.some(({ run }) => run?.startsWith('bash '))) {
        expect(job['runs-on']).toBe('ubuntu-latest');
      }
    }
  });
});

test('release.yml publishes a tag with provenance, after everything that has to hold', () => {
  const { jobs, on } = workflow('release.yml');
  expect(on).toEqual({ push: { tags: ['v*'] } });
  const commands = jobs.publish?.steps.flatMap(({ run = [] }) => run) ?? [];
  expect(commands.at(-1)).toBe('npm publish --provenance --access public');
  expect(commands.indexOf('bash .ci/run')).toBeGreaterThan(0);
  expect(commands.join('\n')).toContain('tools/changelog.mjs --check');
  expect(commands.join('\n')).not.toMatch(/NODE_AUTH_TOKEN|NPM_TOKEN/);
});

test('npm scripts hold nothing that only one shell knows', () => {
  const shellWords = /[$`|;*'<>]|(^|&& )(rm|cp|mv|export|cross-env|\w+=)/;
  const odd = Object.entries<string>(scripts).filter(([, script]) => shellWords.test(script));
  expect(odd).toEqual([]);
});

test('Git checks files out with LF on every system', () => {
  expect(read('.gitattributes')).toMatch(/^\* text=auto eol=lf$/m);
});

test('the jobs of docs/ci.md can be read, and all of GitHub name actions in the same way', () => {
  const jobs = [...read('docs/ci.md').matchAll(/```yaml\n([\s\S]*?)```/g)].map(
    ([, block = '']) => block,
  );
  expect(jobs.length).toBeGreaterThan(4);
  for (const job of jobs) {
    expect(parse(job)).toEqual(expect.any(Object));
    const uses = [...job.matchAll(/uses: (.+)/g)].map(([, use = '']) => use);
    expect(uses.filter((use) => !PINNED.test(use))).toEqual([]);
  }
});
