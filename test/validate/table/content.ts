import { calling, giving, map, parameters, put, scriptTask, take, working } from './build.js';
import type { Input, Topic } from './rows.js';

const url = 'https://x.test';
const answering = (text: string, inputs = '', outputs = ''): Input =>
  calling({ url, responseType: 'json' }, { outputs, task: parameters(inputs, put('a', text)) });
const sub = (given: string, written: string): Input =>
  working(`    <bpmn:subProcess id="work"><bpmn:extensionElements>${parameters(put('a', `\${content.output.${given}}`))}</bpmn:extensionElements>
      <bpmn:startEvent id="s" />
  ${scriptTask(`${written} next();`, 'inner')}
      <bpmn:endEvent id="e" />
      <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="inner" />
      <bpmn:sequenceFlow id="f2" sourceRef="inner" targetRef="e" />
    </bpmn:subProcess>`);
const failing = (text: string): Input => {
  const base = calling({ url });
  const listener = `<bpmn:extensionElements>${parameters(put('problem', giving(text)))}</bpmn:extensionElements><bpmn:errorEventDefinition`;
  const flow = String(base['flows/order.bpmn']);
  return { ...base, 'flows/order.bpmn': flow.replace('<bpmn:errorEventDefinition', listener) };
};
const alerting = (id: string): Input =>
  calling(
    { url },
    {
      task: parameters(
        take('state', map({ id: 'send', name: 'Send' })),
        put('state', map({ id: 'send', result: 'done' })),
        put('status', giving(`next(null, { statuskey: 'pause', alert_stateid: ${id} });`)),
      ),
    },
  );

const looping = (address: string): Input => {
  const base = calling({ url: `https://x.test/${address}` });
  const loop = `<bpmn:multiInstanceLoopCharacteristics camunda:collection="\${environment.variables.input.hosts}" camunda:elementVariable="host" />`;
  const flow = String(base['flows/order.bpmn']);
  return { ...base, 'flows/order.bpmn': flow.replace('</bpmn:serviceTask>', `${loop}$&`) };
};

/** Rules about `content`. */
export const contents: Topic = {
  'content-path': {
    finds: {
      'a misspelled member in an expression': answering('${content.ouput.body}'),
      'a misspelled member in a script': answering(giving('next(null, content.ouput.body);')),
      'a misspelled name of a loop': looping('${content.hots}'),
      'another name than the loop gives': looping('${content.item}'),
      'a member of what is not there': answering(giving('next(null, content.error.message);')),
    },
    nearMisses: {
      'what there is': answering('${content.output.body}'),
      'what a loop goes over': looping('${content.host}'),
      'how far a loop is': looping('${content.index}'),
      'what is only asked for': answering(giving('next(null, content.error);')),
      'a member that is like none': answering(giving('next(null, content.executionId);')),
    },
  },
  'content-connector': {
    finds: {
      'a script of a connector': calling(
        { url },
        { outputs: put('a', giving('next(null, content.output.body);')) },
      ),
      'an expression of a connector': calling(
        { url },
        { outputs: put('a', '${content.output.body}') },
      ),
    },
    nearMisses: {
      'a script of the task': answering(giving('next(null, content.output.body);')),
      "the answer's members by their names": calling(
        { url },
        { outputs: put('a', giving('next(null, body);')) },
      ),
    },
  },
  'content-input': {
    finds: {
      'an input that is misspelled': answering(
        giving('next(null, content.input.oder);'),
        take('order', '1'),
      ),
    },
    nearMisses: {
      'an input': answering(giving('next(null, content.input.order);'), take('order', '1')),
      'a task without inputs': answering(giving('next(null, content.input.order);')),
    },
  },
  'content-output': {
    finds: {
      'an output that the connector does not have': answering(
        giving('next(null, content.output.totl);'),
        '',
        put('total', '${body.total}'),
      ),
      'a misspelled member of the answer': answering(
        giving('next(null, content.output.statusCod);'),
      ),
    },
    nearMisses: {
      'an output of the connector': answering(
        giving('next(null, content.output.total);'),
        '',
        put('total', '${body.total}'),
      ),
      'a member that no answer is known to have': answering(
        giving('next(null, content.output.x);'),
      ),
    },
  },
  'sub-process-output': {
    finds: {
      'what nothing in it writes': sub('totl', 'environment.output.total = 1;'),
    },
    nearMisses: {
      'what a script in it writes': sub('total', 'environment.output.total = 1;'),
      'what may be written': sub('total', 'environment.output = content;'),
    },
  },
  'error-inner': {
    finds: {
      'a member of inner': failing('next(null, content.output.inner.message);'),
    },
    nearMisses: {
      'a member that is asked for': failing('next(null, content.output.inner?.message);'),
      'a member behind a question': failing(
        'next(null, content.output.inner && content.output.inner.message);',
      ),
      'a member outside of an error': answering(
        giving('next(null, content.output.inner.message);'),
      ),
    },
  },
  'status-alert': {
    finds: { 'a milestone that there is not': alerting("'sent'") },
    nearMisses: {
      'a milestone of the flow': alerting("'send'"),
      'one that is worked out': alerting('environment.output.id'),
    },
  },
};
