import {
  asking,
  element,
  FORM,
  flowOf,
  giving,
  json,
  map,
  parameters,
  put,
  scriptTask,
  VIEW,
  WORKFLOW,
  wholeForm,
} from './build.js';
import type { Input, Topic } from './rows.js';

const WAYS = ['asked->work', 'work->done'];
const child = (text: string) => flowOf(scriptTask(text), WAYS, 'sum');
const withChild = (files: Input, text: string): Input => ({
  ...files,
  'config.json': json({
    workflow: [
      { key: 'order', bpmnresource: '/flows/order.bpmn', role: ['user'] },
      { key: 'sum', bpmnresource: '/flows/sum.bpmn', role: ['user'] },
    ],
  }),
  'flows/sum.bpmn': child(text),
});
const READS =
  'const { rows, country } = environment.variables.input;\nenvironment.output.output = { total: rows.length, vat: country };\nnext();';
const RUN = { url: '/my/workflows/run/sum', method: 'POST' };
const running = (payload: string, text = READS): Input =>
  withChild(asking({ ...RUN, payload }), text);
const getting = (path: string, text = READS): Input =>
  withChild(asking(RUN, { task: parameters(put('a', `\${content.output.body.${path}}`)) }), text);
const pressing = (input: string): Input =>
  withChild(
    element(`type: 'runWorkflow', name: 'a', buttonLabel: 'A', workflow: 'sum', input: ${input}`),
    READS,
  );

const OUTPUT = "  +formElement({ type: 'processOutput', name: 'a', format: 'text' })\n";
const showing = (elements: string, text: string): Input => ({
  ...wholeForm(VIEW),
  'config.json': json({
    workflow: [WORKFLOW],
    form: [{ ...FORM, template: { form: '/forms/ask.pug', result: '/forms/asked.pug' } }],
  }),
  'forms/asked.pug': `extends ../views/form/default-confirmation-form\nblock formContent\n${elements}`,
  'flows/order.bpmn': flowOf(scriptTask(text), WAYS),
});

/** Rules about what flows hand to one another. */
export const runs: Topic = {
  'run-input': {
    finds: {
      'an input in another case': running(map({ Rows: '${environment.variables.input.rows}' })),
      'an input that is a letter off': running(map({ row: '${environment.variables.input.rows}' })),
      'an input of a script': running(giving('next(null, { rows: [], cuntry: "SE" });')),
      'an input of a button': pressing("{ row: '{a}' }"),
      'an input under another name': running(giving('next(null, { lines: [], country: "SE" });')),
    },
    nearMisses: {
      'more than it reads, and less': running(
        giving('next(null, { rows: [], region: 1, note: "x" });'),
      ),
      'an input that it reads': running(map({ rows: '${environment.variables.input.rows}' })),
      'more than it reads': running(giving('next(null, { rows: [], country: "SE", region: 1 });')),
      'a name near to one that is handed over': running(
        giving('next(null, { rows: [], row: 1, country: "SE" });'),
      ),
      'an input that it hands on': running(
        map({ row: '1' }),
        'environment.output.all = { ...environment.variables.input };\nnext(null, environment.variables.input.rows);',
      ),
      'an input that it gives to a function': running(
        map({ row: '1' }),
        'const first = (all) => all.row;\nnext(null, first(environment.variables.input) + environment.variables.input.rows);',
      ),
      'an input under a name that is worked out': running(
        map({ row: '1' }),
        'const { input } = environment.variables;\nnext(null, input[content.a] + input.rows);',
      ),
      'an input under a name that is set anew': running(
        map({ row: '1' }),
        'let input = environment.variables.input;\ninput = input ?? {};\nnext(null, input.rows);',
      ),
      'an input of a button that it reads': pressing("{ rows: '{a}' }"),
    },
  },
  'run-output': {
    finds: {
      'an output in another case': getting('output.VAT'),
      'an output that it does not give': getting('output.currency'),
      'an output beside the output': getting('total'),
      'an output beside the output, in the output of the call': withChild(
        asking(RUN, { outputs: put('a', giving('next(null, body.access_token);')) }),
        READS,
      ),
      'a member that no run is known to answer': getting('result'),
      'an output that it does not give, in the output of the call': withChild(
        asking(RUN, { outputs: put('a', giving('next(null, body.output.currency);')) }),
        READS,
      ),
      'a flow that gives nothing': getting('output.late', 'next();'),
      'an output of a map': {
        ...getting('output.totl'),
        'flows/sum.bpmn': flowOf(
          `    <bpmn:scriptTask id="work" scriptFormat="js"><bpmn:extensionElements>${parameters(put('output', map({ total: '1' })))}</bpmn:extensionElements><bpmn:script>next();</bpmn:script></bpmn:scriptTask>`,
          WAYS,
          'sum',
        ),
      },
    },
    nearMisses: {
      'an output that it gives': getting('output.vat'),
      'an output that it gives later': getting(
        'output.late',
        'const out = (environment.output.output = { total: 1 });\nout.late = true;\nnext();',
      ),
      'an output that is worked out': getting(
        'output.late',
        'const out = { total: 1 };\nout.late = true;\nenvironment.output.output = out;\nnext();',
      ),
      'an output that a function completes': getting(
        'output.late',
        'environment.output.output = { total: 1 };\nObject.assign(environment.output.output, environment.variables.input);\nnext();',
      ),
      'an output under a name that is worked out': getting(
        'output.late',
        "environment.output.output = { total: 1 };\nenvironment.output.output['la' + 'te'] = 1;\nnext();",
      ),
      'the error of an answer': getting('error.message'),
      'the status of an answer': getting('status.statuskey'),
      'an output in the output of the call': withChild(
        asking(RUN, { outputs: put('a', giving('next(null, body.output.total);')) }),
        READS,
      ),
    },
  },
  'form-output': {
    finds: {
      'a page that shows nothing else': showing(OUTPUT, 'environment.output.result = 1;\nnext();'),
      'a button whose field is shown': {
        ...pressing("{ rows: '{a}', country: 'SE' }"),
        'flows/sum.bpmn': child(
          'const { rows, country } = environment.variables.input;\nenvironment.output.result = [rows, country];\nnext();',
        ),
      },
    },
    nearMisses: {
      'a flow that gives an output': showing(OUTPUT, 'environment.output.output = 1;\nnext();'),
      'a flow that puts all of it together': showing(
        OUTPUT,
        'Object.assign(environment.output, environment.variables.input);\nnext();',
      ),
      'a button whose field nothing shows': {
        ...pressing("{ rows: 'all', country: 'SE' }"),
        'flows/sum.bpmn': child(
          'const { rows, country } = environment.variables.input;\nenvironment.output.result = [rows, country];\nnext();',
        ),
      },
      'a page that shows the steps as well': showing(
        `${OUTPUT}  +formElement({ type: 'processState' })\n`,
        'environment.output.result = 1;\nnext();',
      ),
    },
  },
};
