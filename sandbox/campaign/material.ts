import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScriptCache } from '../engine/cached-scripts.js';
import { type ParsedFlow, parseFlow } from '../engine/flow.js';
import { prunedElements } from '../engine/pruned.js';

/** The flows that a history runs, read once, and where their scripts are. */
export interface Material {
  readonly refresh: ParsedFlow;
  readonly schedule: ParsedFlow;
  readonly activate: ParsedFlow;
  readonly resourcesDir: string;
  readonly scripts: ScriptCache;
}

/**
 * @param root the folder that holds flows/ and resources/
 * @param refreshFlow XML of a refresh flow in place of the blueprint's
 * @throws Error when a flow can't be read
 */
export async function materialFrom(root: string, refreshFlow?: string): Promise<Material> {
  const read = (key: string) => readFileSync(join(root, `flows/${key}.bpmn`), 'utf8');
  return {
    refresh: await parseFlow(refreshFlow ?? read('fortnox-refresh-access-token'), prunedElements),
    schedule: await parseFlow(read('fortnox-refresh-schedule'), prunedElements),
    activate: await parseFlow(read('fortnox-generate-access-token'), prunedElements),
    resourcesDir: join(root, 'resources'),
    scripts: new ScriptCache(),
  };
}
