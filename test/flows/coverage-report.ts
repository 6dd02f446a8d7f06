import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BpmnModdle, type ModdleElement } from 'bpmn-moddle';

const flowsDir = join(import.meta.dirname, '../../flows');

/**
 * Sums up which nodes and sequence flows of the shipped flows the tests passed through, prints it, and fails the
 * run when one was not. Judges only a whole run: a run of one file covers what it covers.
 *
 * @returns what vitest calls after the last test
 */
export default function setup(): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'flow-coverage-'));
  process.env.FLOW_COVERAGE_DIR = folder;
  return async () => {
    const written = readdirSync(folder);
    const wanted = readdirSync(import.meta.dirname).filter((name) =>
      name.endsWith('.flow.test.ts'),
    );
    const seen = new Map<string, Set<string>>();
    for (const file of written) {
      merge(seen, JSON.parse(readFileSync(join(folder, file), 'utf8')));
    }
    rmSync(folder, { recursive: true, force: true });
    if (wanted.some((name) => !written.includes(`${name}.json`))) {
      return;
    }
    const isWhole = await report(seen);
    if (!isWhole) {
      process.exitCode = 1;
    }
  };
}

function merge(seen: Map<string, Set<string>>, part: Record<string, string[]>): void {
  for (const [key, ids] of Object.entries(part)) {
    seen.set(key, new Set([...(seen.get(key) ?? []), ...ids]));
  }
}

async function report(seen: Map<string, Set<string>>): Promise<boolean> {
  const lines = ['', 'Flow coverage', `${'flow'.padEnd(36)} nodes     sequence flows`];
  let isWhole = true;
  for (const file of readdirSync(flowsDir).sort()) {
    const key = file.replace(/\.bpmn$/, '');
    const ids = await elementsOf(join(flowsDir, file));
    const missing = [...ids.nodes, ...ids.flows].filter((id) => !seen.get(key)?.has(id));
    const count = (all: string[]) =>
      `${all.filter((id) => seen.get(key)?.has(id)).length}/${all.length}`;
    lines.push(`${key.padEnd(36)} ${count(ids.nodes).padEnd(9)} ${count(ids.flows)}`);
    for (const id of missing) {
      lines.push(`  not covered: ${id}`);
    }
    if (missing.length > 0) {
      isWhole = false;
    }
  }
  process.stdout.write(`${lines.join('\n')}\n\n`);
  return isWhole;
}

async function elementsOf(path: string): Promise<{ nodes: string[]; flows: string[] }> {
  const { rootElement } = await new BpmnModdle().fromXML(readFileSync(path, 'utf8'));
  const found = { nodes: [] as string[], flows: [] as string[] };
  const walk = (element: ModdleElement) => {
    for (const child of (element.flowElements as ModdleElement[] | undefined) ?? []) {
      // A script that fails ends a run before its error end is reached; the end is drawn for whoever reads the picture.
      if (child.id && !isErrorEnd(child)) {
        (child.$type === 'bpmn:SequenceFlow' ? found.flows : found.nodes).push(child.id);
      }
      walk(child);
    }
  };
  for (const child of (rootElement.rootElements as ModdleElement[]) ?? []) {
    walk(child);
  }
  return found;
}

/** True for an error end event, and for the sequence flow that leads to one. */
function isErrorEnd(element: ModdleElement): boolean {
  const end =
    element.$type === 'bpmn:SequenceFlow' ? (element.targetRef as ModdleElement) : element;
  const definitions = (end.eventDefinitions as ModdleElement[] | undefined) ?? [];
  return (
    end.$type === 'bpmn:EndEvent' &&
    definitions.some(({ $type }) => $type === 'bpmn:ErrorEventDefinition')
  );
}
