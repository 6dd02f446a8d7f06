import { calling, map, parameters, put, take, working } from './build.js';
import type { Input, Topic } from './rows.js';

const url = 'https://x.test';
const header = (text: string): Input => calling({ url, headers: map({ x: text }) });
const loop = (collection: string): Input =>
  working(
    `    <bpmn:task id="work"><bpmn:multiInstanceLoopCharacteristics camunda:collection="${collection}" /></bpmn:task>`,
  );

/** Rules about expressions such as `${environment.output.x}`. */
export const expression: Topic = {
  'expression-balance': {
    finds: {
      'an expression that is not closed': header('${environment.variables.x'),
      'an empty expression': header('${}'),
      'an expression without its dollar': header('{environment.variables.x}'),
      'an expression without its opening bracket': header('environment.variables.x}'),
      'a path by itself': header('environment.output.token'),
      'a member of an answer by itself': calling({ url }, { outputs: put('id', 'body.id') }),
    },
    nearMisses: {
      'two expressions in a text': header('${environment.variables.x}-${environment.variables.y}'),
      JSON: header('{ "a": 1 }'),
      'a sentence about a path': header('what environment.output.token holds'),
      'the name of a host': header('body.example'),
    },
  },
  'expression-root': {
    finds: {
      'a misspelled name': header('${enviroment.variables.x}'),
      'a name without the environment': loop('${orders}'),
      'a name that begins with a quote': header("${'x'}"),
      'the output without the environment': header('${output.x}'),
      'an input of the task': calling(
        { url, headers: map({ x: '${who}' }) },
        { task: parameters(take('who', '1')) },
      ),
      'the variables in an output of a connector': calling(
        { url },
        { outputs: put('a', '${variables.a}'), task: parameters(put('a', '${content.output.a}')) },
      ),
    },
    nearMisses: {
      'a name of the engine': loop('${environment.variables.orders}'),
      'a constant': calling({ url, retry: '${0}' }),
      'an input of the task by its path': calling(
        { url, headers: map({ x: '${content.input.who}' }) },
        { task: parameters(take('who', '1')) },
      ),
      'a member of an answer': calling(
        { url },
        { outputs: put('a', '${body.a}'), task: parameters(put('a', '${content.output.a}')) },
      ),
    },
  },
  'expression-operator': {
    finds: {
      'a choice': header("${environment.variables.x ? 'a' : 'b'}"),
      'a default': header("${environment.variables.x || 'a'}"),
      'a comparison': header('${environment.variables.x === 1}'),
    },
    nearMisses: {
      'a call': header('${environment.services.encrypt(environment.variables.x)}'),
      'a key with a dash in brackets': header("${environment.variables['content-type']}"),
      'a name with a dash': header('${environment.variables.content-type}'),
    },
  },
  'expression-path': {
    finds: { 'a misspelled member': header('${environment.variabels.x}') },
    nearMisses: {
      'a member': header('${environment.variables.x}'),
      'a member that is like none': header('${environment.locale}'),
    },
  },
};
