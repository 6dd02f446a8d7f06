import { asking, map, script } from './build.js';
import type { Input, Topic } from './rows.js';

const status = (statuskey: string): Input =>
  asking(
    { url: '/my/items', method: 'GET' },
    {
      task: `<camunda:inputOutput><camunda:outputParameter name="status">${map({ statuskey })}</camunda:outputParameter></camunda:inputOutput>`,
    },
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
    },
    nearMisses: {
      'whether there is a token': script(
        'logger.info(Boolean(environment.output.token));\nnext();',
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
    finds: { 'a letter less': tagged('purge:24:complete:ful') },
    nearMisses: {
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
