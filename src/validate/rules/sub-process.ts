import { nodeInputs } from '../flow/connectors.js';
import { bodiesOf, expressionsOf } from '../flow/expressions.js';
import { chainsIn, scopeOf } from '../flow/values.js';
import { nearHint } from '../near.js';
import { type Found, rulesOf } from '../rule.js';
import { problem } from '../text.js';

const OF_PROCESS = /^environment\.variables\.input\b/;

/** Rules about what a sub-process gets. */
export const subProcessRules = rulesOf({
  'sub-process-input': {
    error: 'A sub-process sees only what its own input parameters bring in.',
    wholeFlow: (flow, blueprint) => {
      const inputs = new Map(
        flow.nodes
          .filter(({ type }) => type === 'subProcess')
          .map((node) => [node.xml, new Set(nodeInputs(node).map(({ name }) => name))]),
      );
      const inScripts = chainsIn(flow, blueprint).flatMap(({ chain, xml, place }) =>
        chain.access === 'read' ? [{ path: chain.path, xml, place }] : [],
      );
      const inTexts = expressionsOf(flow).flatMap(({ text, xml }) =>
        bodiesOf(text).map((body) => ({ path: body.trim(), xml, place: flow.placeOf(xml) })),
      );
      const all = [...inScripts, ...inTexts];
      // What the process itself reads of its input is there in a sub-process as well.
      const hasInput = all.some(
        ({ path, xml }) => OF_PROCESS.test(path) && scopeOf(xml)?.name === 'bpmn:process',
      );
      return all.map(({ path, xml, place }): Found => {
        const [, member, name = member] =
          /^environment\.variables\.(?:input\.(\w+)|content\.input\.(\w+))/.exec(path) ?? [];
        const scope = name === undefined ? undefined : scopeOf(xml);
        const names = scope && inputs.get(scope);
        if (member !== undefined) {
          const message = `An input of the sub-process stands in environment.variables.content.input.${member}.`;
          return !hasInput && names?.has(member) === true && problem(place, message, 'warning');
        }
        // Without any input a sub-process may run in a loop, which brings values of its own.
        const mayBe = name === undefined || !names?.size || names.has(name);
        if (mayBe) {
          return false;
        }
        return problem(place, `The sub-process has no input ${name}.${nearHint(name, [...names])}`);
      });
    },
  },
});
