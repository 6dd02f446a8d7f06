import { asking, calling, map, parameters, put } from './build.js';
import type { Input, Topic } from './rows.js';

const url = 'https://x.test';
const token = (after: string): Input =>
  calling(
    {
      url,
      method: 'POST',
      responseType: 'json',
      form: map({ grant_type: 'client_credentials' }),
    },
    { task: parameters(put('token', '${content.output.body.access_token}')), after },
  );
const SECRET = '${environment.output.settings._a_secret}';

/** Rules about secrets and where they stay. */
export const secretsLeft: Topic = {
  'token-left': {
    finds: {
      'a token that nothing clears': token('next();'),
      'a token that is cleared only where the flow fails': token(
        'if (content) { delete environment.output.token; next(new Error("No.")); } else next();',
      ),
      'a token beside a name that is worked out': token(
        'environment.output[content.name] = 1; next();',
      ),
      'a token that a call is authorised with': calling(
        { url, headers: map({ Authorization: 'Bearer ${environment.output.key}' }) },
        { task: parameters(put('key', '${content.output.headers.key}')), after: 'next();' },
      ),
    },
    nearMisses: {
      'a token that is cleared': token('delete environment.output.token; next();'),
      'a token that is cleared among others': token(
        "['token', 'key'].forEach((name) => { environment.output[name] = undefined; }); next();",
      ),
      'an output that is written anew': token('environment.output = { done: true }; next();'),
      'what a call gives that asks for no token': calling(
        { url },
        { task: parameters(put('order', '${content.output.body}')) },
      ),
    },
  },
  'secret-in-address': {
    finds: {
      'a secret in an address': calling({ url: `${url}/?key=${SECRET}` }),
      'a secret in a query': asking({ url: '/my/items', query: map({ key: SECRET }) }),
    },
    nearMisses: {
      'a secret in a header': calling({ url, headers: map({ 'X-Key': SECRET }) }),
      'a value that is none': calling({ url: `${url}/?key=\${environment.output.page}` }),
    },
  },
};
