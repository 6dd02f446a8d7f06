import { asking, calling, map, parameters, put, working } from './build.js';
import type { Input, Topic } from './rows.js';

const url = 'https://x.test';
const reading = (path: string, inputs: Readonly<Record<string, string>> = {}): Input =>
  calling({ url, ...inputs }, { task: parameters(put('a', path)) });
const form = { url, method: 'POST' };
const setting = (entries: Readonly<Record<string, string>>): Input =>
  asking({
    url: '/admin/config/settings/_a_b?refresh=true',
    method: 'PUT',
    payload: map(entries),
  });

/** Rules about what a call names, and what it makes of values. */
export const connectorNames: Topic = {
  'header-name': {
    finds: { 'a letter less': calling({ url, headers: map({ Autorization: 'x' }) }) },
    nearMisses: {
      'another case': calling({ url, headers: map({ 'content-type': 'text/plain' }) }),
      'a header of its own': calling({ url, headers: map({ 'X-Order-Id': '1' }) }),
    },
  },
  'hub-address': {
    finds: {
      'a letter less': asking({ url: '/my/config/setting?tag=x', method: 'GET' }),
      'a letter too many': asking({ url: '/my/workflowss/run/x', method: 'POST' }),
    },
    nearMisses: {
      'an address': asking({ url: '/my/config/settings?tag=x', method: 'GET' }),
      'an address that is not public': asking({ url: '/my/teams', method: 'GET' }),
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
  'address-encoding': {
    finds: { 'a value in a query': calling({ url: `${url}/?a=\${environment.variables.a}` }) },
    nearMisses: {
      'a value in searchParams': calling({
        url,
        searchParams: map({ a: '${environment.variables.a}' }),
      }),
      'a value that is encoded': calling({ url: `${url}/?a=\${environment.variables.encodedA}` }),
    },
  },
  'form-encoding': {
    finds: {
      'a body put together': calling({ ...form, body: 'a=1&amp;b=${environment.variables.b}' }),
    },
    nearMisses: {
      'a form': calling({ ...form, form: map({ b: '${environment.variables.b}' }) }),
      'a body that is one value': calling({ ...form, body: '${environment.variables.b}' }),
    },
  },
  'setting-type': {
    finds: { 'a value alone': setting({ value: '1' }) },
    nearMisses: { 'a value and its type': setting({ value: '1', type: 'string' }) },
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
