import { asking, calling, giving, map } from './build.js';
import type { Topic } from './rows.js';

const post = { url: 'https://a.example', method: 'POST' };

/** Rules about what a call hands over. */
export const connectorValues: Topic = {
  'connector-value': {
    finds: {
      'a type of answer in capitals': calling({ url: 'https://a.example', responseType: 'JSON' }),
      'a type of answer that is none': calling({ url: 'https://a.example', responseType: 'xml' }),
      'a map as the body': calling({ ...post, body: map({ a: '1' }) }),
      'an object of a script as the body': calling({
        ...post,
        body: giving("next(null, { a: '1' });"),
      }),
      'two bodies': calling({ ...post, json: map({ a: '1' }), form: map({ a: '1' }) }),
      'a limit of time under another name': calling({
        url: 'https://a.example',
        timeout: map({ reqest: '${5000}' }),
      }),
      'a number of tries under another name': calling({
        url: 'https://a.example',
        retry: map({ count: '${2}' }),
      }),
    },
    nearMisses: {
      'a type that is worked out': calling({
        url: 'https://a.example',
        responseType: '${environment.variables.input.type}',
      }),
      'a buffer': calling({ url: 'https://a.example', responseType: 'buffer' }),
      'a text as the body': calling({ ...post, body: 'a=1' }),
      'all that got takes': calling({
        url: 'https://a.example',
        timeout: map({ request: '${5000}', connect: '${100}' }),
        retry: map({ limit: '${2}', maxRetryAfter: '${10}' }),
      }),
      'a payload for the Hub': asking({
        url: '/my/items',
        method: 'POST',
        payload: map({ body: 'a' }),
      }),
    },
  },
  'grant-type': {
    finds: {
      'a grant of a script': calling({
        ...post,
        form: giving("next(null, { grant_type: 'client_credential' });"),
      }),
      'a grant with another dash': calling({ ...post, form: map({ grant_type: 'refresh-token' }) }),
      'a grant that is a letter off': calling({
        ...post,
        form: map({ grant_type: 'client_credential' }),
      }),
    },
    nearMisses: {
      'a grant of OAuth': calling({ ...post, form: map({ grant_type: 'client_credentials' }) }),
      'a grant of its own': calling({
        ...post,
        form: map({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer' }),
      }),
    },
  },
};
