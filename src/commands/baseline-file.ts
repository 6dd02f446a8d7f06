import { lstatSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Context } from '../core/context.js';
import { ConfigError } from '../core/errors.js';
import { parseJson } from '../core/json.js';
import { counted } from '../core/text.js';
import { type CommandInput, textOption } from '../options/input.js';
import { type BaselineEntry, readBaseline, writeBaseline } from '../validate/index.js';
import { trusts } from './own-settings.js';

/** Where a blueprint keeps its baseline, unless `--baseline` names another file. */
const BASELINE_FILE = '.onifylint-baseline.json';

const NOT_IN_CI = `${BASELINE_FILE} does not count in CI; name it with --baseline, or let it count with --package-rules.`;

/** Of a baseline: many times what the largest blueprints need. */
const MAX_BYTES = 64 * 1024 * 1024;

/** The baseline that a blueprint is compared with, or that is to be written. */
interface BaselineFile {
  readonly entries: readonly BaselineEntry[] | 'write';
  /** Writes it, and tells so. @throws ConfigError where that is not possible */
  readonly write: (entries: readonly BaselineEntry[]) => string;
}

/**
 * Reads the baseline that the command line names, or the one in the blueprint's folder.
 *
 * @param root the folder
 * @throws ConfigError where it can't be read or is none
 */
export function baselineOf(input: CommandInput, context: Context, root: string): BaselineFile {
  const named = textOption(input, 'baseline');
  const path = named === undefined ? join(root, BASELINE_FILE) : resolve(context.cwd, named);
  const shown = named ?? BASELINE_FILE;
  const write = (entries: readonly BaselineEntry[]) => writeFile(path, shown, entries);
  if (input.options.writeBaseline === true) {
    if (named === undefined && root === context.packageRoot && context.cwd !== root) {
      const hint = 'Give the folder of the blueprint, or run it there.';
      throw new ConfigError('baseline_not_written', 'There is no blueprint here.', hint);
    }
    if (named === undefined && !trusts(input, context)) {
      context.output.warn(NOT_IN_CI);
    }
    return { entries: 'write', write };
  }
  // Where nobody named it, a link might lead out of the blueprint.
  if (named === undefined && !isFile(path)) {
    return { entries: [], write };
  }
  if (named === undefined && !trusts(input, context)) {
    if (input.options.packageRules === undefined) {
      context.output.warn(NOT_IN_CI);
    }
    return { entries: [], write };
  }
  return { entries: readFile(path, shown), write };
}

function isFile(path: string): boolean {
  try {
    return lstatSync(path).isFile();
  } catch {
    // What is wrong with the folder itself is said when it is read.
    return false;
  }
}

function readFile(path: string, shown: string): readonly BaselineEntry[] {
  let text: string;
  try {
    const { size } = statSync(path);
    if (size > MAX_BYTES) {
      throw unreadable(shown, `it has more than ${MAX_BYTES} bytes`);
    }
    text = readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    if (error instanceof ConfigError) {
      throw error;
    }
    const { code } = error as NodeJS.ErrnoException;
    throw unreadable(shown, code === 'ENOENT' ? 'there is no such file' : `${code}`, error);
  }
  const value = parseJson(text);
  const entries = value === undefined ? 'it is not valid JSON' : readBaseline(value);
  if (typeof entries === 'string') {
    throw unreadable(shown, entries);
  }
  return entries;
}

function unreadable(shown: string, reason: string, cause?: unknown): ConfigError {
  const message = `The baseline ${shown} can't be read: ${reason}.`;
  const hint = 'Write it with --write-baseline, or restore it from Git.';
  return new ConfigError('baseline_unreadable', message, hint, cause);
}

function writeFile(path: string, shown: string, entries: readonly BaselineEntry[]): string {
  const beside = `${path}.new`;
  try {
    writeFileSync(beside, writeBaseline(entries), { mode: 0o644 });
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    const hint = 'Name another file with --baseline, or check the rights of its folder.';
    const message = `The baseline ${shown} can't be written (${code}).`;
    throw new ConfigError('baseline_not_written', message, hint, error);
  }
  return `Wrote ${counted(entries.length, 'finding')} to ${shown}. From now on only new ones count.`;
}
