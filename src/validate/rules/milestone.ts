import { entriesOf, nodeInputs } from '../flow/connectors.js';
import { leadingTo, type Milestone, milestonesOf } from '../flow/milestones.js';
import type { Flow, FlowNode } from '../flow/model.js';
import { toldIn } from '../flow/told.js';
import { attribute, childOf } from '../flow/xml-query.js';
import { isLetterOff, isOtherSpelling } from '../letter-off.js';
import { nearHint } from '../near.js';
import { each, type Found, rulesOf } from '../rule.js';
import type { XmlElement } from '../source/xml.js';
import { MEMBERS, toldProblems } from './milestone-told.js';

/** Milestones of a flow whose paths are followed; of more of them only the ids are compared. */
const MAX_FOLLOWED = 50;

/** Rules about milestones: what a person sees of a flow that runs. */
export const milestoneRules = rulesOf({
  'milestone-open': {
    warning: 'A milestone that begins and never ends looks as if the flow were still busy.',
    wholeFlow: (flow) => {
      const all = milestonesOf(flow);
      const boundaries = boundariesOf(flow);
      const unknown = all.filter(({ ends, ids }) => ends && ids === undefined);
      const enders = endersById(all);
      const followed = new Map<string, ReadonlySet<FlowNode>>();
      return all.flatMap((milestone): Found[] => {
        if (milestone.ends) {
          return [];
        }
        return (milestone.ids ?? []).flatMap((id) => {
          const ended =
            followed.get(id) ??
            endedFrom([...(enders.get(id) ?? []), ...unknown], flow, followed.size);
          followed.set(id, ended);
          const { node } = milestone;
          const open = [node, ...(boundaries.get(node.id) ?? [])].filter((one) => !ended.has(one));
          const message = `The milestone "${id}" is still open after this. Give it a result, done or error.`;
          return open.map(({ xml }) => flow.at(xml, message));
        });
      });
    },
  },
  'milestone-begin': {
    warning: 'A milestone that ends without having begun was never given a name.',
    wholeFlow: (flow) => {
      const all = milestonesOf(flow);
      const begun = new Set(
        all.flatMap(({ ends, hasName, ids }) => (ends && !hasName ? [] : (ids ?? []))),
      );
      const mayBegin = all.some(({ ends, ids }) => !ends && ids === undefined);
      return (mayBegin ? [] : all).flatMap(({ node, xml, ids, ends, hasName }) =>
        (ends && !hasName ? (ids ?? []) : []).map((id): Found => {
          const near = begun.size > MAX_FOLLOWED ? '' : nearHint(id, [...begun]);
          const message = `The milestone "${id}" ends but never begins.${near || ' Add an input "state" with id and name.'}`;
          const isMeant = near === '' && mayOnlyEnd(node);
          return !begun.has(id) && !isMeant && flow.at(xml, message);
        }),
      );
    },
  },
  'milestone-member': {
    error: 'A member of a milestone or a status under another name is not heeded.',
    flow: (flow, blueprint) => [
      ...misspeltEntries(flow, blueprint),
      ...toldIn(flow, blueprint).flatMap(toldProblems),
    ],
  },
  'milestone-name': {
    warning: 'A milestone without an id cannot be told from another one.',
    flow: each('nodes', (node, { at }) =>
      nodeInputs(node).map((state): Found => {
        const isMap = state.name === 'state' && childOf(state.xml, 'camunda:map') !== undefined;
        const hasId = entriesOf(state).some(({ name }) => name === 'id');
        return isMap && !hasId && at(state.xml, 'The milestone has no id. Give it one.');
      }),
    ),
  },
});

const misspeltEntries = each('elements', (xml, { at }) => {
  const known = xml.name === 'camunda:entry' ? membersAround(xml) : undefined;
  const key = attribute(xml, 'key') ?? '';
  const near = known?.find((one) => isLetterOff(one, key) || isOtherSpelling(one, key));
  const isKnown = known?.includes(key);
  return (
    near !== undefined && !isKnown && at(xml, `There is no ${key} here. Did you mean ${near}?`)
  );
});

/** The members that the map around an entry is known to have, where it tells of a milestone or of the process. */
function membersAround(entry: XmlElement): readonly string[] | undefined {
  const holder = entry.parent?.name === 'camunda:map' ? entry.parent.parent : undefined;
  const name = holder && attribute(holder, holder.name === 'camunda:entry' ? 'key' : 'name');
  const isParameter = /^camunda:(input|output)Parameter$/.test(holder?.name ?? '');
  if (isParameter) {
    return name === 'state' || name === 'status' ? MEMBERS[name] : undefined;
  }
  const around = holder?.name === 'camunda:entry' ? holder.parent?.parent : undefined;
  const isResult = name === 'result' && around && attribute(around, 'name') === 'state';
  return isResult ? MEMBERS.result : undefined;
}

function endersById(all: readonly Milestone[]): Map<string, Milestone[]> {
  const found = new Map<string, Milestone[]>();
  for (const milestone of all.filter(({ ends }) => ends)) {
    for (const id of milestone.ids ?? []) {
      const alike = found.get(id) ?? [];
      alike.push(milestone);
      found.set(id, alike);
    }
  }
  return found;
}

/** The nodes after which a milestone is ended. */
function endedFrom(
  enders: readonly Milestone[],
  flow: Flow,
  alreadyFollowed: number,
): ReadonlySet<FlowNode> {
  if (enders.length === 0) {
    return new Set();
  }
  if (enders.some(({ ids }) => ids === undefined) || alreadyFollowed > MAX_FOLLOWED) {
    return nodesOf(flow);
  }
  return leadingTo(
    enders.map(({ node }) => node),
    flow,
  );
}

const sets = new WeakMap<Flow, ReadonlySet<FlowNode>>();

/** All nodes of a flow, as a set that is made once. */
function nodesOf(flow: Flow): ReadonlySet<FlowNode> {
  const nodes = sets.get(flow) ?? new Set(flow.nodes);
  sets.set(flow, nodes);
  return nodes;
}

/** The boundary events that end their task, by its id. */
function boundariesOf({ nodes }: Flow): Map<string, FlowNode[]> {
  const found = new Map<string, FlowNode[]>();
  for (const node of nodes) {
    const { xml, events, attachedTo } = node;
    const endsTask =
      attribute(xml, 'cancelActivity') !== 'false' && /error|timer/.test(events.join());
    if (attachedTo !== undefined && endsTask) {
      const list = found.get(attachedTo) ?? [];
      list.push(node);
      found.set(attachedTo, list);
    }
  }
  return found;
}

function mayOnlyEnd({ type, attachedTo }: FlowNode): boolean {
  return /^(endEvent|startEvent|scriptTask)$/.test(type) || attachedTo !== undefined;
}
