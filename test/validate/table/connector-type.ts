import { asking, calling, giving, map } from './build.js';
import type { Topic } from './rows.js';

const url = 'https://x.test';
const post = { url, method: 'POST' };

/** Rules about the kinds of values that calls take. */
export const connectorType: Topic = {
  'connector-type': {
    finds: {
      'a switch of got as text': calling({ url, followRedirect: 'false' }),
      'a number of got as text': calling({ url, timeout: '5000' }),
      'a number where got wants a map': calling({ url, timeout: '${5000}' }),
      'the retries as a number': calling({ url, retry: '${2}' }),
      'a number in a map': calling({ url, timeout: map({ request: '5000' }) }),
      'the retries in a map as text': calling({ url, retry: map({ limit: '2' }) }),
      'a switch as a word': calling({ url, followRedirect: 'no' }),
      'a switch as a number': calling({ url, throwHttpErrors: '${0}' }),
      'a limit of time with its unit': calling({ url, timeout: map({ request: '5s' }) }),
      'the time as a text': calling({ url, timeout: 'PT5S' }),
      'headers as a text': calling({ url, headers: '{"accept": "application/json"}' }),
      'headers of a script as a text': calling({
        url,
        headers: giving("next(null, JSON.stringify({ accept: 'text/csv' }));"),
      }),
      'headers as a list': calling({
        url,
        headers: '<camunda:list><camunda:value>accept: text/csv</camunda:value></camunda:list>',
      }),
      'headers of the Hub as a text': asking({ url: '/my/bulletins', headers: 'accept: text/csv' }),
      'a form as a text': calling({ ...post, form: 'grant_type=${environment.variables.grant}' }),
      'JSON that is made twice': calling({
        ...post,
        json: giving("next(null, JSON.stringify({ a: '1' }));"),
      }),
      'JSON as a text': calling({ ...post, json: '{"a": "${environment.variables.a}"}' }),
      'a number as the body': calling({ ...post, body: '${5}' }),
      'a map as the address': calling({ url: map({ host: 'x.test' }) }),
      'an object of a script as the method': calling({
        url,
        method: giving("next(null, { method: 'POST' });"),
      }),
      'a switch of the Hub as text': asking({ url: '/my/bulletins', throwHttpErrors: 'true' }),
    },
    nearMisses: {
      'a switch as a value': calling({ url, followRedirect: '${false}' }),
      'a map that a script makes': calling({
        url,
        timeout: giving('next(null, { request: 5000 });'),
      }),
      'a number as a value': calling({ url, timeout: map({ request: '${5000}' }) }),
      'headers that are worked out': calling({ url, headers: '${environment.variables.headers}' }),
      'headers of a script': calling({
        url,
        headers: giving("next(null, { accept: 'text/csv' });"),
      }),
      'a text of JSON as the body': calling({ ...post, body: '{"a": "1"}' }),
      'a text as JSON': calling({ ...post, json: 'a' }),
      'a form of a script': calling({
        ...post,
        form: giving('next(null, environment.output.form);'),
      }),
      'the query as a text': calling({ url, searchParams: 'a=1' }),
      'the same word where text is meant': calling({ url, headers: map({ test: 'false' }) }),
    },
  },
};
