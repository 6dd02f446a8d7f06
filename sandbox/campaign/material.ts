import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScriptCache } from '../engine/cached-scripts.js';
import { type ElementClasses, type ParsedFlow, parseFlow } from '../engine/flow.js';
import { dueElements, prunedElements } from '../engine/pruned.js';
import type { Spoiled } from './spoiled.js';

/** The flows that a history runs, read once, and where their scripts are. */
export interface Material {
  readonly refresh: ParsedFlow;
  readonly schedule: ParsedFlow;
  readonly activate: ParsedFlow;
  readonly resourcesDir: string;
  readonly scripts: ScriptCache;
  readonly elements: ElementClasses;
}

/** How the material of a campaign differs from the usual. */
export interface MaterialChanges {
  /** Takes a guard out of the flows and scripts. */
  readonly spoiled?: Spoiled | undefined;
  /** Lets the engine tell every element that was not taken so, as a Hub does; takes several times as long. */
  readonly isUnpruned?: boolean | undefined;
}

/**
 * @param root the folder that holds flows/ and resources/
 * @throws Error when a flow can't be read, or a guard that is to be removed is not there
 */
export async function materialFrom(
  root: string,
  { spoiled, isUnpruned = false }: MaterialChanges = {},
): Promise<Material> {
  const elements = isUnpruned ? dueElements : prunedElements;
  const taken = new Set<number>();
  const read = (path: string) => {
    let text = readFileSync(join(root, path), 'utf8');
    for (const [index, { from, to }] of (spoiled?.guards ?? []).entries()) {
      if (text.includes(from)) {
        taken.add(index);
        text = text.replaceAll(from, () => to);
      }
    }
    return text;
  };
  const flow = (key: string) => parseFlow(read(`flows/fortnox-${key}.bpmn`), elements);
  const scripts = [
    'choose-grant',
    'check-consent',
    'choose-question',
    'read-settings',
    'explain',
  ].map((name): [string, string] => {
    const path = `/scripts/fortnox/${name}.js`;
    return [path, read(`resources${path}`)];
  });
  const material = {
    refresh: await flow('refresh-access-token'),
    schedule: await flow('refresh-schedule'),
    activate: await flow('generate-access-token'),
    resourcesDir: join(root, 'resources'),
    scripts: new ScriptCache(new Map(scripts)),
    elements,
  };
  const missing = spoiled?.guards.find((_guard, index) => !taken.has(index));
  if (missing) {
    throw new Error(`No flow and no script has the guard: ${missing.from}`);
  }
  return material;
}
