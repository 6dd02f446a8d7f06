import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownRules } from '../../../src/blueprint/rules.js';
import { validateBlueprint } from '../../../src/validate/index.js';
import { bpmnMutations } from './bpmn.js';
import type { Mutation } from './mutation.js';
import { configMutations, fileMutations, formMutations, scriptMutations } from './other.js';

const ROOT = join(import.meta.dirname, '../../..');
const SHIPPED = ['config.json', 'flows', 'forms', 'resources', 'package.json'];

/** A mutation with the rules that found it. */
export interface Outcome {
  readonly mutation: Mutation;
  readonly rules: readonly string[];
}

/** @returns every mutation of the shipped blueprint, made from its own files */
export function allMutations(files: readonly string[]): Mutation[] {
  return files.flatMap((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const own = file.endsWith('.bpmn')
      ? bpmnMutations(file, text)
      : file.endsWith('.js')
        ? scriptMutations(file, text)
        : file.endsWith('.pug')
          ? formMutations(file, text)
          : configMutations(file, text);
    const changed = [...own, ...fileMutations(file, text)];
    return changed.filter((mutation) => mutation.text !== text || mutation.path !== undefined);
  });
}

/** Validates the blueprint once for every mutation. */
export async function runMutations(mutations: readonly Mutation[]): Promise<Outcome[]> {
  const root = mkdtempSync(join(tmpdir(), 'mutate-'));
  try {
    for (const name of SHIPPED) {
      cpSync(join(ROOT, name), join(root, name), { recursive: true });
    }
    const outcomes: Outcome[] = [];
    for (const mutation of mutations) {
      outcomes.push({ mutation, rules: await rulesOf(root, mutation) });
    }
    return outcomes;
  } finally {
    rmSync(root, { recursive: true });
  }
}

async function rulesOf(root: string, { file, text, path }: Mutation): Promise<string[]> {
  const target = join(root, file);
  const original = readFileSync(target);
  try {
    if (text === null) {
      rmSync(target);
    } else {
      writeFileSync(target, text);
    }
    if (path !== undefined) {
      renameSync(target, join(root, path));
    }
    const { findings } = await validateBlueprint(root, ownRules(root));
    return [...new Set(findings.map(({ rule }) => rule))];
  } finally {
    if (path !== undefined) {
      rmSync(join(root, path), { force: true });
    }
    writeFileSync(target, original);
  }
}
