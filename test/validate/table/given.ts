import { asking, calling, giving, map } from './build.js';
import type { Input, Topic } from './rows.js';

const url = 'https://x.test';
const post = { url, method: 'POST' };
const at = (script: string): Input => calling({ url: giving(script) });
const PATH = '/admin/config/settings/_a_b?refresh=true';
const write = (payload: string, method = 'PUT', path = PATH): Input =>
  asking({ url: path, method, payload });

/** Rules about what scripts hand to a call, and about settings that are written. */
export const given: Topic = {
  'address-encoding': {
    finds: {
      'a value in a query': calling({ url: `${url}/?a=\${environment.variables.a}` }),
      'a value in a template': at(
        `next(null, \`${url}/orders/\${environment.variables.input.order}/rows\`);`,
      ),
      'a value in a sum': at(`next(null, '${url}/?user=' + environment.variables.submit.user);`),
      'a value under a name of its own': at(
        `const { order } = environment.variables.input;\nconst to = '${url}/' + order;\nnext(null, to);`,
      ),
      'a value in one of two addresses': at(
        `next(null, content.a ? '${url}/' : '${url}/' + environment.variables.input.id);`,
      ),
    },
    nearMisses: {
      'a value in searchParams': calling({
        url,
        searchParams: map({ a: '${environment.variables.a}' }),
      }),
      'a value that is encoded': calling({ url: `${url}/?a=\${environment.variables.encodedA}` }),
      'a value that a script encodes': at(
        `next(null, '${url}/' + encodeURIComponent(environment.variables.input.order));`,
      ),
      'a value that a script looks at': at(
        `const { id } = environment.variables.input;\nif (!/^\\d+$/.test(id)) next(new Error('No id'));\nelse next(null, '${url}/' + id);`,
      ),
      'an address that is given': at("next(null, environment.variables.input.base + '/orders');"),
      'a host that is given': at(
        'next(null, `https://${environment.variables.input.instance}/orders`);',
      ),
      'a path that is given': at(`next(null, '${url}/' + environment.variables.input.path);`),
      'a value of the flow itself': at(`next(null, '${url}/' + environment.output.id);`),
    },
  },
  'form-encoding': {
    finds: {
      'a body put together': calling({ ...post, body: 'a=1&amp;b=${environment.variables.b}' }),
      'a body that a script puts together': calling({
        ...post,
        body: giving("next(null, 'a=1&b=' + environment.variables.input.b);"),
      }),
    },
    nearMisses: {
      'a form': calling({ ...post, form: map({ b: '${environment.variables.b}' }) }),
      'a body that is one value': calling({ ...post, body: '${environment.variables.b}' }),
      'a text that is no form': calling({
        ...post,
        body: giving("next(null, 'Hello ' + environment.variables.input.b);"),
      }),
    },
  },
  'setting-type': {
    finds: {
      'a value alone': write(map({ value: '1' })),
      'a value alone of a script': write(giving('next(null, { value: environment.output.a });')),
      'a type that no public setting has': write(map({ value: '1', type: 'json' })),
      'a type that is a letter off': write(map({ value: '1', type: 'strng' })),
      'a value alone in one of two answers': write(
        giving(
          "if (content.a) next(null, { value: 1 }); else next(null, { value: 1, type: 'string' });",
        ),
      ),
    },
    nearMisses: {
      'a value and its type': write(map({ value: '1', type: 'string' })),
      'a value and its type of a script': write(
        giving("const all = { value: 1 };\nall.type = 'string';\nnext(null, all);"),
      ),
      'a value beside what is not known': write(
        giving('next(null, { ...environment.output.setting, value: 1 });'),
      ),
      'an object that a function completes': write(
        giving(
          "const all = { value: 1 };\nconst more = (one) => { one.type = 'string'; };\nmore(all);\nnext(null, all);",
        ),
      ),
    },
  },
  'setting-value': {
    finds: {
      'a type alone': write(map({ type: 'string' })),
      'a type alone of a script': write(giving("next(null, { type: 'string' });")),
      'an object in place of its text': write(
        giving("next(null, { type: 'object', value: { a: environment.variables.submit.a } });"),
      ),
      'an object under a name': write(
        giving("const value = { a: 1 };\nnext(null, { type: 'object', value });"),
      ),
      'a list as a string': write(giving("next(null, { type: 'string', value: ['a'] });")),
      'a map in a map': write(map({ type: 'object', value: map({ a: '1' }) })),
    },
    nearMisses: {
      'the text of an object': write(
        giving("next(null, { type: 'object', value: JSON.stringify({ a: 1 }) });"),
      ),
      'a value that is worked out': write(
        giving("next(null, { type: 'object', value: environment.output.text });"),
      ),
      'an object of a type that is not known': write(
        giving("next(null, { type: 'list', value: ['a'] });"),
      ),
      'a value and its type': write(map({ value: '1', type: 'string' })),
      'the tag alone': write(map({ tag: 'a' })),
    },
  },
  'setting-method': {
    finds: {
      'a POST at a key': write(map({ value: '1', type: 'string' }), 'POST'),
      'a PUT at none': write(
        map({ value: '1', type: 'string' }),
        'PUT',
        '/admin/config/settings?refresh=true',
      ),
    },
    nearMisses: {
      'a PUT at a key': write(map({ value: '1', type: 'string' })),
      'a POST at none': write(
        map({ key: '_a_b', value: '1', type: 'string' }),
        'POST',
        '/admin/config/settings?refresh=true',
      ),
    },
  },
};
