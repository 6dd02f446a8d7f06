import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BpmnModdle, type ModdleElement } from 'bpmn-moddle';
import { root } from './flow-world.js';

/** A service task of a shipped flow. */
interface ServiceTask {
  readonly flow: string;
  readonly task: string;
}

/** @returns every service task of every shipped flow, sub-processes included, as the BPMN files have them */
export async function serviceTasks(): Promise<ServiceTask[]> {
  const found: ServiceTask[] = [];
  for (const file of readdirSync(join(root, 'flows')).sort()) {
    const { rootElement } = await new BpmnModdle().fromXML(
      readFileSync(join(root, 'flows', file), 'utf8'),
    );
    const walk = (element: ModdleElement) => {
      for (const child of (element.flowElements as ModdleElement[] | undefined) ?? []) {
        if (child.$type === 'bpmn:ServiceTask' && child.id) {
          found.push({ flow: file.replace('.bpmn', ''), task: child.id });
        }
        walk(child);
      }
    };
    for (const child of rootElement.rootElements as ModdleElement[]) {
      walk(child);
    }
  }
  return found;
}
