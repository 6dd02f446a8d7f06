import { attribute } from '../flow/xml-query.js';
import { each, type Found, rulesOf } from '../rule.js';
import type { XmlElement } from '../source/xml.js';

/** What a loop may be told by, with what the engine takes in place of an expression. */
const FIXED: ReadonlyMap<string, RegExp> = new Map([
  ['bpmn:loopCardinality', /^\d+$/],
  // Any text holds, so that the loop ends after the first.
  ['bpmn:completionCondition', /^$/],
]);

/** Rules about events and loops that can't do what is drawn; each was seen on the engine. */
export const flowSenseRules = rulesOf({
  'event-direction': {
    error:
      'The engine begins where nothing leads to, so a flow that leads into its start event or into a boundary event waits for ever.',
    wholeFlow: each('nodes', (node, { at }) => {
      const [into] = /^(start|boundary)Event$/.test(node.type) ? node.incoming : [];
      if (into) {
        const message =
          'Nothing can lead into a start or boundary event. Lead this to the node behind it.';
        return at(into.xml, message);
      }
      const [out] = node.type === 'endEvent' ? node.outgoing : [];
      const message =
        'The flow goes on behind an end event. Use an intermediate event, or remove this.';
      return out ? at(out.xml, message, 'warning') : false;
    }),
  },
  'event-interrupts': {
    warning:
      'An error always ends what it is attached to, so one that is drawn as if it did not says something else than happens.',
    flow: each('nodes', (node, { at }) => {
      const name = node.type === 'boundaryEvent' ? 'cancelActivity' : 'isInterrupting';
      const goesOn = attribute(node.xml, name) === 'false';
      const message = `What failed is over, whatever ${name} says. Remove it, or attach a timer.`;
      return goesOn && node.events.includes('error') && at(node.xml, message);
    }),
  },
  'loop-value': {
    error:
      'A loop goes through a list, as often as a number says, or until a condition; the engine fails without them, or where they are only texts.',
    wholeFlow: each('elements', (xml, { at }) => {
      if (xml.name !== 'bpmn:multiInstanceLoopCharacteristics') {
        return false;
      }
      const collection = attribute(xml, 'camunda:collection');
      const children = xml.children.filter(({ name }) => FIXED.has(name));
      if (collection === undefined && children.length === 0) {
        return at(xml, 'This loop has neither a list nor a number. Give it a collection.');
      }
      const isText = collection !== undefined && !collection.includes('${');
      const message = `The collection "${collection?.slice(0, MAX_SHOWN)}" is a text and no list. Write it as \${…}.`;
      const wrong = children.map((child): Found => {
        const said = attribute(child, 'language') === undefined && fixedProblem(child);
        return said ? at(child, said) : false;
      });
      return [isText && at(xml, message), ...wrong];
    }),
  },
});

const MAX_SHOWN = 60;

/** What is said of a number or condition of a loop; nothing where it is an expression. */
function fixedProblem({ name, text }: XmlElement): string | undefined {
  const value = text.trim();
  if (value.includes('${') || FIXED.get(name)?.test(value) !== false) {
    return undefined;
  }
  const shown = `"${value.slice(0, MAX_SHOWN)}"`;
  return name === 'bpmn:loopCardinality'
    ? `${shown} is not a number. Write it in digits, or as \${…}.`
    : `${shown} is a text, which always holds, so the loop ends after the first. Write it as \${…}.`;
}
