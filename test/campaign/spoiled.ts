import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const flow = readFileSync(join(root, 'flows/fortnox-refresh-access-token.bpmn'), 'utf8');

/** @returns the refresh flow with one of its script files replaced by a script in the flow itself */
function withScript(file: string, script: string): string {
  const task = new RegExp(
    `(<bpmn:scriptTask [^>]*) camunda:resource="/scripts/fortnox/${file}">([\\s\\S]*?)</bpmn:scriptTask>`,
  );
  const escaped = script.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const spoiled = flow.replace(
    task,
    `$1>$2<bpmn:script>${escaped}</bpmn:script></bpmn:scriptTask>`,
  );
  if (spoiled === flow) {
    throw new Error(`The flow has no task with the script ${file}.`);
  }
  return spoiled;
}

const judgeSave = readFileSync(join(root, 'resources/scripts/fortnox/judge-save.js'), 'utf8');

/** Refresh flows that lose connections which can be kept, as integrations in the field do. */
export const spoiled = {
  /** Writes the fresh token once, and gives up when that fails. */
  savesOnce: withScript(
    'judge-save.js',
    judgeSave.replace('kept ? { settled: true } : { look: true }', '{ settled: true }'),
  ),
  /** Writes again and again without looking whether someone has rotated since. */
  repeatsBlindly: withScript(
    'compare-stored.js',
    `const { output } = environment;
     const isLate = Date.now() > output.saving.deadline;
     output.saved = { kept: false, statusCode: null };
     output.wait = 'PT1S';
     output.go = isLate ? { settled: true } : { write: true };
     delete output.happened;
     next();`,
  ),
  /** Takes any 2xx answer to a write for a kept token. */
  trustsAnyAnswer: withScript(
    'judge-save.js',
    judgeSave.replace('happened.statusCode < 300 && isObject', 'happened.statusCode < 300'),
  ),
};
