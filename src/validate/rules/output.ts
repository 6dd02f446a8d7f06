import { goneReads } from '../flow/gone.js';
import { knownObjects } from '../flow/objects.js';
import { outputReads } from '../flow/output-reads.js';
import { nodesByXml, ownerOf } from '../flow/reads.js';
import { scriptUses } from '../flow/uses.js';
import { nearHint } from '../near.js';
import { type Found, rulesOf } from '../rule.js';
import { problem } from '../text.js';

/** Rules about what a process keeps in its output on its way. */
export const outputRules = rulesOf({
  'output-member': {
    error:
      'A member that nothing puts into an object is undefined, and an address or a text lacks it.',
    wholeFlow: (flow, blueprint) => {
      const objects = knownObjects(flow, blueprint);
      return outputReads(flow, blueprint).map((read): Found => {
        const { name, member, place, isScript, isAsked } = read;
        const members = objects.get(name);
        // Every object has some from the language.
        const isThere = member === undefined || member in {} || members?.has(member);
        if (!members || isThere || isAsked) {
          return false;
        }
        const near = nearHint(member, [...members]);
        // Another flow that runs the same script file may put it there.
        if (near === '' && place.file !== undefined) {
          return false;
        }
        const severity = isScript && near === '' ? 'warning' : 'error';
        const message = `Nothing puts ${member} into environment.output.${name}.${near}`;
        return problem(place, message, severity);
      });
    },
  },
  'output-throw': {
    error:
      'A throw in an output of a task reaches no boundary event, and silently takes all outputs with it.',
    flow: (flow, blueprint) => {
      const nodes = nodesByXml(flow, blueprint);
      return scriptUses(flow, blueprint).flatMap(({ script, facts, isInline }) => {
        const isOutput = ownerOf(script.xml, nodes) !== undefined;
        return (isOutput ? facts.slips : []).map(({ kind, line, column }): Found => {
          const place = isInline
            ? { line, column, element: script.element }
            : flow.placeOf(script.xml);
          return kind === 'thrown' && problem(place, 'Call next(new Error(…)) in place of throw.');
        });
      });
    },
  },
  'output-gone': {
    error: 'What has been deleted on every path to here is missing, and a member of it throws.',
    wholeFlow: (flow, blueprint) =>
      goneReads(flow, blueprint).map(({ read, by }) => {
        const isSure = !read.isScript || read.member !== undefined;
        const message = `${by.id} has deleted environment.output.${read.name} already. Delete it after this.`;
        return problem(read.place, message, isSure ? 'error' : 'warning');
      }),
  },
});
