import type { Blueprint } from '../blueprint.js';
import type { XmlElement } from '../source/xml.js';
import type { Named, Place } from '../text.js';
import { entriesOf, nodeInputs, nodeOutputs } from './connectors.js';
import { objectsIn } from './given.js';
import type { Flow } from './model.js';
import { scriptUses } from './uses.js';
import { chainsIn } from './values.js';
import { attribute, childOf, childrenOf } from './xml-query.js';

/** Members of a status, or of the result of a milestone, that a flow tells. */
export interface ToldMembers {
  readonly of: 'status' | 'result';
  readonly members: readonly (Pick<Named, 'name'> & { readonly place: Place })[];
  /** Whether it stands in a map, whose members are looked at one by one as well. */
  readonly isMap: boolean;
}

/** @returns what a flow tells in maps and in scripts, as far as all members are known */
export function toldIn(flow: Flow, blueprint: Blueprint): ToldMembers[] {
  return [...statusesIn(flow, blueprint), ...resultsIn(flow, blueprint)];
}

function statusesIn(flow: Flow, blueprint: Blueprint): ToldMembers[] {
  const given = flow.nodes.flatMap((node) =>
    [...nodeInputs(node), ...nodeOutputs(node)]
      .filter(({ name }) => name === 'status')
      .flatMap((status) =>
        (objectsIn(status, flow, blueprint) ?? []).map(({ members }): ToldMembers => {
          const isMap = childOf(status.xml, 'camunda:map') !== undefined;
          return { of: 'status', members, isMap };
        }),
      ),
  );
  const written = chainsIn(flow, blueprint).flatMap(({ chain, place }): ToldMembers[] => {
    const isWhole = chain.path === 'environment.output.status' && chain.access === 'write';
    const members = isWhole ? chain.members?.map((name) => ({ name, place })) : undefined;
    return members ? [{ of: 'status', members, isMap: false }] : [];
  });
  return [...given, ...written];
}

function resultsIn(flow: Flow, blueprint: Blueprint): ToldMembers[] {
  const inMaps = flow.nodes.flatMap((node) =>
    [...nodeInputs(node), ...nodeOutputs(node)]
      .filter(({ name }) => name === 'state')
      .flatMap((state) => entriesOf(state))
      .flatMap(({ name, xml }): ToldMembers[] => {
        const map = name === 'result' ? childOf(xml, 'camunda:map') : undefined;
        const members = childrenOf(map ?? xml, 'camunda:entry').map((entry) => ({
          name: attribute(entry, 'key') ?? '',
          place: flow.placeOf(entry),
        }));
        return map ? [{ of: 'result', members, isMap: true }] : [];
      }),
  );
  const inScripts = scriptUses(flow, blueprint).flatMap(({ script, facts, isInline }) =>
    (tellsState(script.xml, facts.chains) ? facts.told : []).flatMap(({ members, result = [] }) => {
      const named = result.map(({ name, line, column }) => ({
        name,
        place: isInline ? { line, column, element: script.element } : flow.placeOf(script.xml),
      }));
      const isMilestone = 'id' in members && named.length > 0;
      return isMilestone ? [{ of: 'result' as const, members: named, isMap: false }] : [];
    }),
  );
  return [...inMaps, ...inScripts];
}

/** Whether a script gives the parameter `state` of a task, or writes it. */
function tellsState(
  { parent }: XmlElement,
  chains: readonly { readonly path: string; readonly access: string }[],
): boolean {
  const isParameter = /^camunda:(input|output)Parameter$/.test(parent?.name ?? '');
  return isParameter && parent
    ? attribute(parent, 'name') === 'state'
    : chains.some(({ path, access }) => path === 'environment.output.state' && access === 'write');
}
