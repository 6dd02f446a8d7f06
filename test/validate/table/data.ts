import {
  calling,
  callTask,
  changed,
  flowOf,
  map,
  ofFlow,
  parameters,
  put,
  scriptTask,
  take,
  working,
} from './build.js';
import type { Input, Topic } from './rows.js';

const url = 'https://x.test';
const fromOutput = (name: string, path = name) => put(name, `\${content.output.${path}}`);
const CALL = flowOf(callTask({ url }), ['asked->work', 'work->done', 'work-failed->done']);
const subProcess = (inputs: string, text: string): Input =>
  working(`    <bpmn:subProcess id="work"><bpmn:extensionElements>${inputs}</bpmn:extensionElements>
      <bpmn:startEvent id="s" />
  ${scriptTask(text, 'inner')}
      <bpmn:endEvent id="e" />
      <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="inner" />
      <bpmn:sequenceFlow id="f2" sourceRef="inner" targetRef="e" />
    </bpmn:subProcess>`);
const SUB_PROCESS = `    <bpmn:subProcess id="work"><bpmn:startEvent id="s" />
  ${scriptTask('environment.output.total = 1; next();', 'inner')}
      <bpmn:endEvent id="e" />
      <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="inner" />
      <bpmn:sequenceFlow id="f2" sourceRef="inner" targetRef="e" />
    </bpmn:subProcess>`;
const looping = (list: string) =>
  `    <bpmn:scriptTask id="work" scriptFormat="js"><bpmn:multiInstanceLoopCharacteristics camunda:collection="\${${list}}" /><bpmn:script>next();</bpmn:script></bpmn:scriptTask>`;
const reading = (name: string) => `next(null, environment.variables.content.input.${name});`;

/** Rules about values: where they come from, and whether anything gives them. */
export const data: Topic = {
  'output-name': {
    finds: {
      'an output that is a letter off': working(
        scriptTask('environment.output.outputs = 1; next();'),
      ),
    },
    nearMisses: {
      'the output': working(scriptTask('environment.output.output = 1; next();')),
      'another name beside the output': working(
        scriptTask('environment.output.outputs = 1; environment.output.output = 2; next();'),
      ),
      'a name that is read': working(
        scriptTask('environment.output.outputs = 1; next(null, environment.output.outputs);'),
      ),
    },
  },
  'parameter-twice': {
    finds: {
      'an input that stands twice': changed(
        CALL,
        '<camunda:inputParameter name="url">',
        `${take('url', 'x')}$&`,
      ),
    },
    nearMisses: {
      'an input and an output of one name': calling({ url }, { outputs: put('url', '1') }),
      'an entry that stands twice': calling({
        url,
        headers:
          '<camunda:map><camunda:entry key="x">1</camunda:entry><camunda:entry key="x">2</camunda:entry></camunda:map>',
      }),
    },
  },
  'entry-key': {
    finds: {
      'an entry without a key': calling({
        url,
        headers: '<camunda:map><camunda:entry>x</camunda:entry></camunda:map>',
      }),
    },
    nearMisses: { 'an entry with a key': calling({ url, headers: map({ x: 'x' }) }) },
  },
  'parameter-empty': {
    finds: {
      'an input without a value': calling({ url, query: '' }),
      'an output without a value': calling({ url }, { task: parameters(put('a', ' ')) }),
      'an entry without a value': calling({
        url,
        headers: '<camunda:map><camunda:entry key="x" /></camunda:map>',
      }),
    },
    nearMisses: {
      'an input that holds a map': calling({ url, headers: '<camunda:map />' }),
      'an entry of one zero': calling({ url, headers: map({ x: '0' }) }),
    },
  },
  'output-path': {
    finds: {
      'a misspelled output': calling(
        { url },
        { outputs: put('total', '1'), task: parameters(fromOutput('a', 'totl')) },
      ),
      'a member that no answer is known to have': calling(
        { url },
        { task: parameters(fromOutput('a', 'total')) },
      ),
    },
    nearMisses: {
      'an output': calling(
        { url },
        { outputs: put('a', '1'), task: parameters(fromOutput('b', 'a')) },
      ),
      'the body of an answer': calling({ url }, { task: parameters(fromOutput('a', 'body.a')) }),
    },
  },
  'output-unused': {
    finds: {
      'an output that is not passed on': calling(
        { url },
        { outputs: put('a', '1') + put('b', '2'), task: parameters(fromOutput('a')) },
      ),
      'an output of a task that passes nothing on': calling({ url }, { outputs: put('a', '1') }),
    },
    nearMisses: {
      'an output that a script passes on': calling(
        { url },
        {
          outputs: put('a', '1'),
          task: parameters(
            put(
              'b',
              '<camunda:script scriptFormat="js">next(null, content.output.a);</camunda:script>',
            ),
          ),
        },
      ),
      'outputs that are passed on as a whole': calling(
        { url },
        { outputs: put('a', '1'), task: parameters(put('b', '${content.output}')) },
      ),
    },
  },
  'output-missing': {
    finds: {
      'a misspelled value': calling(
        { url },
        {
          task: parameters(fromOutput('total', 'body')),
          after: 'next(null, environment.output.totl);',
        },
      ),
      'a value that a sub-process keeps to itself': ofFlow(
        flowOf(`${SUB_PROCESS}\n${scriptTask('next(null, environment.output.total);', 'then')}`, [
          'asked->work',
          'work->then',
          'then->done',
        ]),
      ),
      'a value of the process that a sub-process asks for': ofFlow(
        flowOf(
          `${scriptTask('environment.output.rows = [1];\nnext();', 'first')}\n${SUB_PROCESS.replace('environment.output.total = 1;', 'environment.output.total = environment.output.rows || [];')}`,
          ['asked->first', 'first->work', 'work->done'],
        ),
      ),
      'a list that a loop goes through': working(looping('environment.output.rows')),
      'a value in an expression': calling({ url: '${environment.output.url}' }),
    },
    nearMisses: {
      'a value that a sub-process gives': ofFlow(
        flowOf(
          `${SUB_PROCESS.replace('<bpmn:startEvent', `<bpmn:extensionElements>${parameters(fromOutput('total'))}</bpmn:extensionElements><bpmn:startEvent`)}\n${scriptTask('next(null, environment.output.total);', 'then')}`,
          ['asked->work', 'work->then', 'then->done'],
        ),
      ),
      'a list that a loop gets from elsewhere': working(
        looping('environment.variables.input.rows'),
      ),
      'a value that a task puts there': calling(
        { url },
        { task: parameters(fromOutput('a', 'body')), after: 'next(null, environment.output.a);' },
      ),
      'a value that a script puts there': working(
        scriptTask('environment.output.a = 1; next(null, environment.output.a);'),
      ),
      'a value that is asked for first': working(
        scriptTask(
          'if (environment.output.later) { next(null, environment.output.later); } else { next(); }',
        ),
      ),
      'a value that Object.assign puts there': working(
        scriptTask(
          'Object.assign(environment.output, { a: 1 }); next(null, environment.output.a);',
        ),
      ),
      'a message that an error event puts there': working(
        `${callTask({ url }).replace('<bpmn:errorEventDefinition', '$& camunda:errorMessageVariable="problem"')}\n${scriptTask('next(null, environment.output.problem);', 'then')}`,
        'work-failed->then',
        'then->done',
      ),
      'an input of a sub-process, which sees what is outside': ofFlow(
        flowOf(
          `${scriptTask('environment.output.a = 1; next();', 'first')}\n    <bpmn:subProcess id="work"><bpmn:extensionElements>${parameters(take('b', '<camunda:script scriptFormat="js">next(null, environment.output.a);</camunda:script>'))}</bpmn:extensionElements>${scriptTask('next();', 'inner')}</bpmn:subProcess>`,
          ['asked->first', 'first->work', 'work->done'],
        ),
      ),
      'a value under a name that is worked out': working(
        scriptTask('environment.output[content.key] = 1; next(null, environment.output.a);'),
      ),
    },
  },
  'sub-process-input': {
    finds: {
      'a value that is not brought in': subProcess(
        parameters(take('orders', '${environment.variables.orders}')),
        reading('order'),
      ),
      'a value that is looked for among those of the process': subProcess(
        parameters(take('order', '${environment.variables.submit.order}')),
        'next(null, environment.variables.input.order);',
      ),
    },
    nearMisses: {
      'a value of the process': subProcess(
        parameters(take('order', '${environment.variables.input.order}')),
        'next(null, environment.variables.input.order);',
      ),
      'a value that is brought in': subProcess(parameters(take('order', '1')), reading('order')),
      'a sub-process without inputs of its own': subProcess('', reading('order')),
    },
  },
};
