import { asking, calling, giving, map } from './build.js';
import type { Topic } from './rows.js';

const url = 'https://x.test';
const SETTINGS = '/my/config/settings';
const WRITE = '/admin/config/settings/_order_state';

/** Rules about calls of connectors. */
export const connector: Topic = {
  'connector-unknown': {
    finds: {
      'a misspelled connector': calling({ url }, { connector: 'httpRequests' }),
      'a connector of another system': calling({ url }, { connector: 'soap-http-connector' }),
      'a connector without an id': calling({ url }, { connector: '' }),
    },
    nearMisses: {
      'the connector with admin rights': asking(
        { url: '/admin/agents' },
        { connector: 'onifyElevatedApiRequest' },
      ),
      'spaces around its name': calling({ url }, { connector: ' httpRequest ' }),
    },
  },
  'connector-url': {
    finds: {
      'no address': calling({ method: 'GET' }),
      'an empty one': calling({ url: '' }),
      'a path in place of an address': calling({ url: '/3/invoices' }),
      'an address without its protocol': calling({ url: 'x.test/3' }),
      "the Hub's own address": asking({ url: 'https://hub.test/api/v2/my/processes' }),
      'a path of the Hub with its version': asking({ url: '/api/v2/my/processes' }),
      'a path of the Hub without its slash': asking({ url: 'my/workflows/run/x', method: 'POST' }),
      'a script that gives no protocol': calling({
        url: giving("next(null, environment.output.next || 'x.test/3?$top=10');"),
      }),
      'a script whose address of the Hub is whole': asking({
        url: giving("const base = 'https://hub.test'; next(null, base + '/my/items');"),
      }),
      'a host with a space': calling({ url: 'https://x. test/3' }),
      'a host with a space beside an expression': calling({
        url: 'https://x. test/${environment.variables.path}',
      }),
      'a host in angle brackets': calling({ url: 'https://&lt;host&gt;/3' }),
      'a host in curly brackets': calling({ url: 'https://{host}/3' }),
      'a port that is no number': calling({ url: 'https://x.test:80a/3' }),
    },
    nearMisses: {
      'a whole address': calling({ url: 'https://x.test/3/invoices' }),
      'an address that is worked out': calling({ url: '${environment.variables.url}' }),
      'a path of the Hub': asking({ url: '/my/processes' }),
      'a path behind a prefix': calling({ url: '3/invoices', prefixUrl: url }),
      'a script that begins with what it was given': calling({
        url: giving('next(null, `${environment.output.base}/3`);'),
      }),
      'a script with a whole address': calling({
        url: giving("next(null, 'https://' + environment.output.host + '/3 or 4');"),
      }),
      'a script that may give nothing': calling({
        url: giving("next(null, environment.output.next || '');"),
      }),
      'a host that is worked out in part': calling({
        url: 'https://${environment.variables.company}.x.test:8443/3',
      }),
      'a user in front of the host': calling({ url: 'https://a b@x.test/3' }),
      'spaces around it': calling({ url: ' https://x.test/3 ' }),
    },
  },
  'connector-method': {
    finds: {
      'a misspelled method': calling({ url, method: 'GETT' }),
      'a word': calling({ url, method: 'read' }),
    },
    nearMisses: {
      'a method in small letters': calling({ url, method: 'get' }),
      'a method that is worked out': calling({ url, method: '${environment.variables.method}' }),
    },
  },
  'connector-payload': {
    finds: {
      'a POST without a body': calling({ url, method: 'POST' }),
      'a PUT to the Hub without a payload': asking({ url: '/my/bulletins/1', method: 'PUT' }),
    },
    nearMisses: {
      'a POST with JSON': calling({ url, method: 'POST', json: map({ a: '1' }) }),
      'a POST to what is to be done': calling({ url: `${url}/reset`, method: 'POST' }),
      'a POST to what is to be done, at an address that is worked out': calling({
        url: giving("next(null, content.input.url + '/restart');"),
        method: 'POST',
      }),
      'a DELETE': calling({ url, method: 'DELETE' }),
      'a method that is worked out': calling({ url, method: '${environment.variables.method}' }),
      'a workflow that is run': asking({ url: '/my/workflows/run/order', method: 'POST' }),
    },
  },
  'connector-body': {
    finds: {
      'a GET with a body': calling({ url, method: 'GET', body: 'x' }),
      'a body without a method': calling({ url, json: map({ a: '1' }) }),
    },
    nearMisses: {
      'a GET that may have one': calling({
        url,
        method: 'GET',
        body: 'x',
        allowGetBody: '${true}',
      }),
      'a PATCH': calling({ url, method: 'PATCH', body: 'x' }),
    },
  },
  'settings-query': {
    finds: {
      'every setting of the Hub': asking(
        { url: SETTINGS },
        { after: 'delete environment.output.work; next();' },
      ),
      'a query with a tag that is a letter off': asking({
        url: SETTINGS,
        query: map({ tags: 'orders' }),
      }),
      'a write without refresh': asking({
        url: WRITE,
        method: 'PUT',
        payload: map({ value: '1' }),
      }),
    },
    nearMisses: {
      'settings with a tag in the address': asking({ url: `${SETTINGS}?tag=order` }),
      'settings with a tag in the query': asking({ url: SETTINGS, query: map({ tag: 'order' }) }),
      'one setting': asking({ url: `${SETTINGS}/_order_state` }),
      'a write with refresh': asking({
        url: WRITE,
        method: 'PUT',
        query: map({ refresh: 'true' }),
        payload: map({ value: '1' }),
      }),
    },
  },
};
