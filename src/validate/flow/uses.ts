import type { ScriptFacts } from '../script/facts.js';
import type { FlowScript } from './model.js';
import { oncePerFlow } from './once.js';
import { fileFacts } from './values.js';

/** A script where a flow runs it, with what is known of it. */
export interface ScriptAt {
  readonly script: FlowScript;
  readonly facts: ScriptFacts;
  /** Whether its text stands in the flow, so that its places are the flow's. */
  readonly isInline: boolean;
}

/** @returns the scripts of a flow that could be read, those of its files included */
export const scriptUses = oncePerFlow((flow, blueprint): readonly ScriptAt[] => {
  const inline = new Map(flow.inline.map(({ xml, facts }) => [xml, facts]));
  return flow.scripts.flatMap((script): ScriptAt[] => {
    const isInline = script.body !== undefined;
    const facts = isInline ? inline.get(script.xml) : fileFacts(script, blueprint);
    return facts && !facts.problem ? [{ script, facts, isInline }] : [];
  });
});

/** @returns the facts of the scripts that stand at each element, by its id */
export const factsByElement = oncePerFlow(
  (flow, blueprint): ReadonlyMap<string, readonly ScriptFacts[]> => {
    const found = new Map<string, ScriptFacts[]>();
    for (const { script, facts } of scriptUses(flow, blueprint)) {
      const list = found.get(script.element) ?? [];
      list.push(facts);
      found.set(script.element, list);
    }
    return found;
  },
);

/** @returns the elements, by their ids, whose script file is not there or can't be read: it may do anything */
export const elementsUnread = oncePerFlow((flow, blueprint): ReadonlySet<string> => {
  const unread = flow.scripts.filter((script) => {
    const facts = fileFacts(script, blueprint);
    return script.file !== undefined && (!facts || facts.problem !== undefined);
  });
  return new Set(unread.map(({ element }) => element));
});
