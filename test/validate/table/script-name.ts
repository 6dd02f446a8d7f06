import {
  asking,
  calling,
  giving,
  json,
  map,
  ofFlow,
  parameters,
  put,
  SHORT,
  script,
  WORKFLOW,
} from './build.js';
import type { Input, Topic } from './rows.js';

const status = (statuskey: string): Input =>
  asking(
    { url: '/my/items', method: 'GET' },
    {
      task: `<camunda:inputOutput><camunda:outputParameter name="status">${map({ statuskey })}</camunda:outputParameter></camunda:inputOutput>`,
    },
  );

const post = { url: 'https://x.test', method: 'POST', responseType: 'json' };
const settingsRead = (print: string): Input =>
  asking(
    { url: '/my/config/settings?tag=a' },
    { outputs: put('url', giving(`${print} next(null, body._a_url);`)) },
  );
const tagged = (tag: string): Input =>
  asking(
    { url: '/my/items', method: 'GET' },
    {
      task: `<camunda:inputOutput><camunda:outputParameter name="process"><camunda:map><camunda:entry key="tag"><camunda:list><camunda:value>${tag}</camunda:value></camunda:list></camunda:entry></camunda:map></camunda:outputParameter></camunda:inputOutput>`,
    },
  );

/** Rules about names in scripts, and about what scripts tell. */
export const scriptNames: Topic = {
  'script-block': {
    finds: {
      'a name of the block above': script('if (content) {\n  let a = 1;\n}\nnext(null, a);'),
      'a constant of a loop': script('for (const a of [1]) {}\nnext(null, a);'),
    },
    nearMisses: {
      'a var in a block': script('if (content) {\n  var a = 1;\n}\nnext(null, a);'),
      'a function in a block': script('{\n  function a() {}\n}\na();\nnext();'),
      'a name that the script declares as well': script(
        'let a = 0;\n{\n  let a = 1;\n}\nnext(null, a);',
      ),
      'a name that is asked for': script('{\n  let a = 1;\n}\nnext(null, typeof a);'),
    },
  },
  'script-constant': {
    finds: {
      'a constant that is assigned to': script('const a = 1;\na = 2;\nnext(null, a);'),
      'a constant that is counted up': script('const a = 1;\na++;\nnext(null, a);'),
    },
    nearMisses: {
      'a member of a constant': script('const a = {};\na.b = 2;\nnext(null, a);'),
      'a name inside that hides the constant': script(
        'const a = 1;\n{\n  let a = 2;\n  a = 3;\n}\nnext(null, a);',
      ),
    },
  },
  'script-function-unknown': {
    finds: {
      'a function that no Hub has': script(
        'if (typeof functions === "object") next(null, functions.uuid());\nelse next();',
      ),
    },
    nearMisses: {
      'a function that newer ones have': script(
        'if (typeof functions === "object") next(null, functions.generateUuid());\nelse next();',
      ),
    },
  },
  'script-log-secret': {
    finds: {
      'a token': script('console.log("got", environment.output.token);\nnext();'),
      'a name that stands for a secret': script(
        'const { client_secret } = environment.output.x;\nlogger.info(client_secret);\nnext();',
      ),
      'what a form sent': script('logger.debug(environment.variables.submit);\nnext();'),
      'all settings in the output of a call': settingsRead('console.log(JSON.stringify(body));'),
      'all settings under another name': settingsRead('const all = body; logger.warn(all);'),
      'the answer of a token call': calling(
        { ...post, form: map({ grant_type: 'client_credentials' }) },
        { outputs: put('token', giving('logger.debug(body); next(null, body.access_token);')) },
      ),
      'the output that holds settings': asking(
        { url: '/my/config/settings?tag=a' },
        {
          task: parameters(put('settings', '${content.output.body}')),
          after: 'console.log(environment.output); next();',
        },
      ),
    },
    nearMisses: {
      'whether there is a token': script(
        'logger.info(Boolean(environment.output.token));\nnext();',
      ),
      'one setting that is not secret': settingsRead('console.log(body._a_url);'),
      'the answer of another call': calling(
        { url: 'https://x.test' },
        { outputs: put('a', giving('console.log(body); next(null, body);')) },
      ),
      'how many tokens there are': script(
        'logger.info(environment.output.tokens.length);\nnext();',
      ),
    },
  },
  'script-jwt': {
    finds: { 'another name': script("next(null, jwt.encode({ a: 1 }, 'b'));") },
    nearMisses: {
      'what the Hub gives': script("next(null, jwt.verify(jwt.sign({ a: 1 }, 'b'), 'b'));"),
      'what the library has besides': script('next(null, jwt.decode(content.a));'),
      'a jwt of its own': script('const jwt = { encode: () => 1 };\nnext(null, jwt.encode());'),
    },
  },
  'purge-tag': {
    finds: {
      'a letter less': tagged('purge:24:complete:ful'),
      'hours with their unit': tagged('purge:24h:complete:full'),
      'a part less in a script': script(
        "environment.output.process = { tag: ['purge:24:full'] };\nnext();",
      ),
      'a tag of a workflow': ofFlow(SHORT, {
        'config.json': json({ workflow: [{ ...WORKFLOW, tag: ['purge:72h:data'] }] }),
      }),
    },
    nearMisses: {
      'a tag of a workflow that is whole': ofFlow(SHORT, {
        'config.json': json({
          workflow: [{ ...WORKFLOW, tag: ['purge', 'purge:72:complete:data'] }],
        }),
      }),
      'a tag that is put together': script(
        'environment.output.process = { tag: [`purge:${environment.output.hours}:complete:full`] };\nnext();',
      ),
      'all of a process': tagged('purge:24:complete:full'),
      'its data after a failure': tagged('purge:1:complete,error:data'),
      'another tag': tagged('ful'),
    },
  },
  'status-key': {
    finds: {
      'a key in a script': script('environment.output.status = { statuskey: "failed" };\nnext();'),
      'a key in a map': status('failed'),
    },
    nearMisses: {
      'a key that there is': script('environment.output.status = { statuskey: "error" };\nnext();'),
      'a key that is worked out': status('${environment.output.key}'),
      'a key in a map that there is': status('complete'),
    },
  },
};
