import { ofFlow, SHORT, script } from './build.js';
import type { Topic } from './rows.js';

const printing = (said: string) => script(`// onify-ignore${said}\nconsole.log(1);\nnext();\n`);
const named = (said: string) =>
  ofFlow(
    SHORT.replace('<bpmn:startEvent id="asked" />', (event) =>
      event.replace(' />', `><bpmn:documentation>${said}</bpmn:documentation></bpmn:startEvent>`),
    ),
  );
const setting = (id: string) =>
  ofFlow(SHORT, { '.onifylint.json': `{\n  "rules": { "${id}": "error" }\n}\n` });

/** Rules about what silences and sets rules. */
export const ignores: Topic = {
  'ignore-reason': {
    finds: {
      'a comment without a reason': printing(' script-console'),
      'a colon with nothing behind it': printing(' script-console:'),
      'one in the documentation of an element': named('onify-ignore script-console'),
    },
    nearMisses: {
      'a comment with a reason': printing(' script-console: the operators read it'),
      'documentation that speaks of it': named('See onify-ignore script-console'),
    },
  },
  'ignore-rule': {
    finds: {
      'a comment without a rule': printing(''),
      'a rule with a letter too few': printing(' script-consol: the operators read it'),
      'one wrong name among two': printing(' script-console, printing: the operators read it'),
    },
    nearMisses: {
      'two rules': script(
        '// onify-ignore script-console, script-name: the operators read it\nconsole.log(nobody);\nnext();\n',
      ),
    },
  },
  'ignore-unused': {
    finds: {
      'a rule that finds nothing there': printing(' script-http: a neighbour'),
      'a line too far away': script(
        '// onify-ignore script-console: the operators read it\nnext();\nconsole.log(1);\n',
      ),
      'one in the documentation of an element': named('onify-ignore no-disconnected: later'),
    },
    nearMisses: {
      'its own line': script(
        'console.log(1); // onify-ignore script-console: the operators read it\nnext();\n',
      ),
    },
  },
  'lint-rule': {
    finds: { 'a rule with a letter too few': setting('config-rol') },
    nearMisses: { 'a rule': setting('config-role') },
  },
};
