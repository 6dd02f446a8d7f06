import type { Blueprint } from '../blueprint.js';
import type { Place } from '../text.js';
import { entriesOf, nodeInputs } from './connectors.js';
import type { Flow } from './model.js';
import { scriptUses } from './uses.js';

/** @returns the fixed ids of a flow's milestones, and whether there may be others */
export function milestoneIds(flow: Flow): { ids: ReadonlySet<string>; isOpen: boolean } {
  const states = flow.nodes.flatMap((node) =>
    nodeInputs(node).filter(({ name }) => name === 'state'),
  );
  const ids = states.flatMap((state) => {
    const id = entriesOf(state).find(({ name }) => name === 'id')?.text;
    return id === undefined || id.includes('${') ? [undefined] : [id];
  });
  const fixed = ids.flatMap((id) => id ?? []);
  return { ids: new Set(fixed), isOpen: fixed.length < ids.length };
}

/** @returns the statuses that a flow tells, in maps and in scripts */
export function statusesOf(flow: Flow, blueprint: Blueprint) {
  const inMaps = flow.elements.flatMap((xml) =>
    xml.name === 'camunda:entry' && xml.attributes.key === 'alert_stateid' && !/\$\{/.test(xml.text)
      ? [{ members: { alert_stateid: xml.text.trim() }, place: flow.placeOf(xml) }]
      : [],
  );
  const inScripts = scriptUses(flow, blueprint).flatMap(({ script, facts, isInline }) =>
    facts.told.map(({ members, line, column }) => ({
      members,
      place: isInline ? { line, column, element: script.element } : flow.placeOf(script.xml),
    })),
  );
  return [...inMaps, ...inScripts] as {
    members: Record<string, string | undefined>;
    place: Place;
  }[];
}
