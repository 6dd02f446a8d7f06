import { asking, calling, giving, map, parameters, put, working } from './build.js';
import type { Input, Topic } from './rows.js';

const url = 'https://x.test';
const reading = (path: string, inputs: Readonly<Record<string, string>> = {}): Input =>
  calling({ url, ...inputs }, { task: parameters(put('a', path)) });

/** Rules about what a call names, and what it makes of values. */
export const connectorNames: Topic = {
  'header-name': {
    finds: {
      'a letter less': calling({ url, headers: map({ Autorization: 'x' }) }),
      'a letter less in a script': calling({
        url,
        headers: giving("next(null, { Acept: 'text/csv' });"),
      }),
      'a name with its colon': calling({ url, headers: map({ 'Accept:': 'text/csv' }) }),
    },
    nearMisses: {
      'another case': calling({ url, headers: map({ 'content-type': 'text/plain' }) }),
      'a header of its own': calling({ url, headers: map({ 'X-Order-Id': '1' }) }),
    },
  },
  'hub-address': {
    finds: {
      'a letter less': asking({ url: '/my/config/setting?tag=x', method: 'GET' }),
      'one in place of many': asking({ url: '/admin/process', method: 'GET' }),
      'a letter too many': asking({ url: '/my/workflowss/run/x', method: 'POST' }),
      'a letter less in a script': asking({
        url: giving("next(null, '/my/workflow/run/' + environment.output.key);"),
        method: 'POST',
      }),
    },
    nearMisses: {
      'an address': asking({ url: '/my/config/settings?tag=x', method: 'GET' }),
      'an address that is not public': asking({ url: '/my/teams', method: 'GET' }),
      'an address of a script': asking({
        url: giving("next(null, '/my/workflows/run/' + environment.output.key);"),
        method: 'POST',
      }),
    },
  },
  'response-type': {
    finds: {
      'a member in an expression': reading('${content.output.body.id}'),
      'a member in a script': reading(
        '<camunda:script scriptFormat="js">next(null, content.output.body.id);</camunda:script>',
      ),
    },
    nearMisses: {
      'with its type': reading('${content.output.body.id}', { responseType: 'json' }),
      'the body as it is': reading('${content.output.body}'),
      'what every text has': reading(
        '<camunda:script scriptFormat="js">next(null, content.output.body.length);</camunda:script>',
      ),
    },
  },
  'result-variable': {
    finds: {
      'a name with a space': working(
        '    <bpmn:scriptTask id="work" scriptFormat="js" camunda:resultVariable="a b"><bpmn:script>next();</bpmn:script></bpmn:scriptTask>',
      ),
    },
    nearMisses: {
      'a name': working(
        '    <bpmn:scriptTask id="work" scriptFormat="js" camunda:resultVariable="a_b"><bpmn:script>next();</bpmn:script></bpmn:scriptTask>',
      ),
    },
  },
};
