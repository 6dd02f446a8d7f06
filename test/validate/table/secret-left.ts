import { asking, calling, giving, map, parameters, put } from './build.js';
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
const answering = (address: string, text: string): Input =>
  asking({ url: address }, { task: parameters(put('output', text)) });
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
      'a token that a script puts into the headers': calling(
        {
          url,
          headers: giving("next(null, { authorization: 'Bearer ' + environment.output.key });"),
        },
        { task: parameters(put('key', '${content.output.headers.key}')), after: 'next();' },
      ),
      'a token of a flow that is run': asking(
        { url: '/my/workflows/run/get-token', method: 'POST' },
        {
          outputs: put('key', giving('next(null, body.output.access_token);')),
          task: parameters(put('token', '${content.output.key}')),
          after: 'next();',
        },
      ),
      'a token under another name': token(
        'environment.output.kept = environment.output.token; delete environment.output.token; next();',
      ),
      'a password of a call': calling(
        { url, username: 'a', password: '${environment.output.key}' },
        { task: parameters(put('key', '${content.output.headers.key}')), after: 'next();' },
      ),
      'a token that a call is authorised with': calling(
        { url, headers: map({ Authorization: 'Bearer ${environment.output.key}' }) },
        { task: parameters(put('key', '${content.output.headers.key}')), after: 'next();' },
      ),
    },
    nearMisses: {
      'a token that is cleared': token('delete environment.output.token; next();'),
      'a token under another name that is cleared as well': token(
        'const { output } = environment; output.kept = output.token; delete output.kept; delete output.token; next();',
      ),
      'how long a token is': token(
        'environment.output.size = environment.output.token.length; delete environment.output.token; next();',
      ),
      'a token that its task clears': calling(
        { url, headers: map({ Authorization: 'Bearer ${environment.output.key}' }) },
        { task: parameters(put('key', '${null}')), after: 'next();' },
      ),
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
  'secret-answered': {
    finds: {
      'a secret setting': answering(
        '/my/config/settings/_a_secret',
        '${content.output.body.value}',
      ),
      'a secret setting of the output of a call': asking(
        { url: '/my/config/settings/_a_apikey' },
        {
          outputs: put('key', giving('next(null, body.value);')),
          task: parameters(put('output', '${content.output.key}')),
        },
      ),
      'a secret of many settings': answering(
        '/my/config/settings?tag=a',
        giving('next(null, content.output.body._a_secret);'),
      ),
      'a secret that a script answers later': asking(
        { url: '/my/config/settings/_a_secret' },
        {
          task: parameters(put('key', '${content.output.body.value}')),
          after:
            'environment.output.output = environment.output.key; delete environment.output.key; next();',
        },
      ),
    },
    nearMisses: {
      'a setting that is not secret': answering(
        '/my/config/settings/_a_url',
        '${content.output.body.value}',
      ),
      'one of many settings that is not secret': answering(
        '/my/config/settings?tag=a',
        giving('next(null, content.output.body._a_url);'),
      ),
      'whether there is one': answering(
        '/my/config/settings/_a_secret',
        giving('next(null, content.output.body.value !== undefined);'),
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
