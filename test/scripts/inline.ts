import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BpmnModdle, type ModdleElement } from 'bpmn-moddle';
import { root } from '../flows/flow-world.js';

/**
 * @returns the script that stands in a flow's own file, by the id of its script task, also in a sub-process
 * @throws Error when there is none
 */
export async function inlineScript(flow: string, task: string): Promise<string> {
  const xml = readFileSync(join(root, `flows/${flow}.bpmn`), 'utf8');
  const { elementsById } = await new BpmnModdle().fromXML(xml);
  const script = (elementsById[task] as ModdleElement | undefined)?.script;
  if (typeof script !== 'string') {
    throw new Error(`${flow} has no script in ${task}.`);
  }
  return script;
}
