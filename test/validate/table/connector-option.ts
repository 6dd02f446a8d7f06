import { asking, calling, map, parameters, put } from './build.js';
import type { Topic } from './rows.js';

const url = 'https://x.test';
const throwHttpErrors = '${false}';
const body = parameters(put('body', '${content.output.body}'));
const asScript = (text: string) =>
  put('ok', `<camunda:script scriptFormat="js">${text}</camunda:script>`);
const ok = parameters(put('ok', '${content.output.ok}'));

/** Rules about the options of connectors. */
export const connectorOption: Topic = {
  'connector-option': {
    finds: {
      'a misspelled option of got': calling({ url, followRedirects: '${false}' }),
      'an option that is like none': calling({ url, colour: 'red' }),
      'the payload of the Hub': calling({ url, method: 'POST', payload: 'x' }),
      'the JSON of got': asking({ url: '/my/bulletins', method: 'POST', json: map({ a: '1' }) }),
      'an option of got for the Hub': asking({ url: '/my/bulletins', timeout: '${1000}' }),
      'a parameter without a name': calling({ url, '': 'x' }),
      'the data of another library': calling({ url, method: 'POST', data: map({ a: '1' }) }),
      'the parameters of another library': calling({ url, params: map({ a: '1' }) }),
      'the query of another library, for the Hub': asking({
        url: '/my/items',
        qs: map({ a: '1' }),
      }),
    },
    nearMisses: {
      'an option of got': calling({
        url,
        followRedirect: '${false}',
        retry: map({ limit: '${0}' }),
      }),
      'the payload, for the Hub': asking({ url: '/my/bulletins', method: 'POST', payload: 'x' }),
    },
  },
  'connector-http': {
    finds: {
      'an address': calling({ url: 'http://x.test/3' }),
      'an address in a map': calling({ url, headers: map({ referer: 'http://x.test' }) }),
    },
    nearMisses: {
      'an encrypted address': calling({ url }),
      'an address of this machine': calling({ url: 'http://localhost:3000' }),
      'a neighbour in a container': calling({ url: 'http://elasticsearch:9200/orders' }),
      'an address of a private network': calling({ url: 'http://10.1.2.3:8080/orders' }),
      'the name of an XML namespace': calling({
        url,
        headers: map({ x: 'http://www.w3.org/1999/xhtml' }),
      }),
    },
  },
  'connector-status': {
    finds: {
      'an answer that nobody looks at': calling({ url, throwHttpErrors }),
      'an answer of which the body is passed on': calling(
        { url, throwHttpErrors },
        { outputs: put('body', '${content.output.body}'), task: body, after: 'next();' },
      ),
    },
    nearMisses: {
      'an output that looks at ok': calling({ url, throwHttpErrors }, { task: ok }),
      'an answer whose output looks at it': calling(
        { url, throwHttpErrors },
        { outputs: asScript('next(null, statusCode === 200);'), task: ok },
      ),
      'an answer that a later script looks at': calling(
        { url, throwHttpErrors },
        {
          task: parameters(put('answer', '${content.output}')),
          after: 'next(null, environment.output.answer.statusCode);',
        },
      ),
      'an answer whose errors are thrown': calling({ url }),
    },
  },
  'connector-status-thrown': {
    finds: {
      'an output that decides by it': calling(
        { url },
        { outputs: asScript('next(null, statusCode === 200);'), task: ok },
      ),
    },
    nearMisses: {
      'an output that only passes it on': calling(
        { url },
        {
          outputs: asScript('next(null, { statusCode, body });'),
          task: ok,
        },
      ),
      'the same where errors are not thrown': calling(
        { url, throwHttpErrors },
        { outputs: asScript('next(null, statusCode === 200);'), task: ok },
      ),
      'an output that looks at the body': calling(
        { url },
        { outputs: asScript('next(null, body.ok);'), task: ok },
      ),
    },
  },
};
