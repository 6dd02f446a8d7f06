import { BRANCHED, calling, giving, ofFlow, parameters, put, script, take } from './build.js';
import type { Topic } from './rows.js';

const url = 'https://x.test';

/** Rules about what is JavaScript, and never what was meant. */
export const scriptSlips: Topic = {
  'script-assign': {
    finds: {
      'a number that is assigned': script(
        "if (content.a = 200) next(); else next(new Error('no'));",
      ),
      'a text that is assigned in a choice': script("next(null, (content.a = 'b') ? 1 : 2);"),
      'a number that is assigned in front of &&': script(
        'next(null, (content.a = 1) && content.b);',
      ),
      'a condition of a branch': ofFlow(
        BRANCHED.replace(
          />\$\{environment\.variables\.one\}</,
          ' language="js">next(null, environment.output.a = environment.variables.one);<',
        ),
      ),
    },
    nearMisses: {
      'a match that is kept': script(
        'let a;\nif ((a = /b/.exec(content.c))) next(null, a);\nelse next();',
      ),
      'a value that is kept and given': script('next(null, (environment.output.a = 1));'),
      'a default that is set where there is none': script(
        'content.a || (content.a = 1);\nnext(null, content.a);',
      ),
      'a number that is compared': script('if (content.a === 200) next(); else next(null, 1);'),
    },
  },
  'script-status': {
    finds: {
      'a text': script("next(null, content.output.statusCode === '404');"),
      'a text in front': script("next(null, '404' !== content.output.statusCode);"),
      'what may well be a status code': script(
        "const { code } = content.output;\nnext(null, code === '404');",
      ),
      'a text in a switch': script(
        "switch (content.output.statusCode) {\n  case '404': next(null, false); break;\n  default: next(null, true);\n}",
      ),
      'a list of texts': script("next(null, ['404', '410'].includes(content.output.statusCode));"),
    },
    nearMisses: {
      'a number': script('next(null, content.output.statusCode === 404);'),
      'a text that is not compared strictly': script(
        "next(null, content.output.statusCode == '404');",
      ),
      'a code of another kind': script("next(null, content.output.code === 'ECONNREFUSED');"),
      "a body's own code": script("next(null, content.output.body.code === '404');"),
    },
  },
  'script-answer': {
    finds: {
      'an object': script('next({ a: 1 });'),
      'a list': script('next([1]);'),
      'what a comparison gives': script('next(content.a < 3);'),
      'what a negation gives': script('next(!content.a);'),
      'what a list is made into': script('next(content.rows.map((row) => row.id));'),
      'a number': script('next(Number(content.a));'),
      'a member of an answer': calling(
        { url, responseType: 'json' },
        {
          outputs: put('a', giving('next(body.total);')),
          task: parameters(take('b', '${content.output.a}')),
        },
      ),
    },
    nearMisses: {
      'an error': script("next(new Error('a'));"),
      'an error, or nothing': script("next(content.a ? undefined : new Error('b'));"),
      'an error under a name': script('Promise.resolve().then(() => next(), (a) => next(a));'),
      'errors that are put together': script("next(content.rows.map((row) => row.id).join(', '));"),
      'an error of an answer': calling(
        { url, responseType: 'json' },
        {
          outputs: put('a', giving('next(body.error);')),
          task: parameters(take('b', '${content.output.a}')),
        },
      ),
      'a text as the error': script("next('This is not there.');"),
      'a next of its own': script('const b = (next) => next(1);\nb((a) => a);\nnext();'),
    },
  },
  'script-for-in': {
    finds: {
      'members of names': script(
        'let sum = 0;\nfor (const { price } in content.rows) sum += price;\nnext(null, sum);',
      ),
    },
    nearMisses: {
      'members of values': script(
        'let sum = 0;\nfor (const { price } of content.rows) sum += price;\nnext(null, sum);',
      ),
      names: script(
        'let sum = 0;\nfor (const key in content) sum += content[key];\nnext(null, sum);',
      ),
      'the length of names': script(
        'let sum = 0;\nfor (const { length } in content) sum += length;\nnext(null, sum);',
      ),
    },
  },
  'script-next-twice': {
    finds: {
      'a failure that goes on': script(
        "if (!content.input.user) {\n  next(new Error('No user'));\n}\nnext(null, content.input.user);",
      ),
      'a failure in a function': script(
        "(() => {\n  if (!content.a) next(new Error('No a'));\n  const b = 1;\n  next(null, b);\n})();",
      ),
      'an answer that goes on': script(
        "if (content.a) {\n  next(null, 'a');\n}\nif (content.b) {\n  next(null, 'b');\n} else {\n  next();\n}",
      ),
      'two in a row': script('next();\nnext(null, 1);'),
      'one in a loop': script(
        'for (const one of content.rows) {\n  environment.output.last = one;\n  next();\n}',
      ),
    },
    nearMisses: {
      'an answer behind which only another case calls': script(
        "if (content.a) {\n  next(null, 'a');\n}\nif (!content.a) {\n  next(null, 'b');\n}",
      ),
      'one in a loop that ends there': script(
        '(() => {\n  for (const one of content.rows) {\n    next(null, one);\n    return;\n  }\n  next();\n})();',
      ),
      'a failure that ends the script': script(
        "(() => {\n  if (!content.a) return next(new Error('No a'));\n  next(null, 1);\n})();",
      ),
      'a failure with a return behind it': script(
        "(() => {\n  if (!content.a) {\n    next(new Error('No a'));\n    return;\n  }\n  next(null, 1);\n})();",
      ),
      'a failure or an answer': script(
        "if (!content.a) {\n  next(new Error('No a'));\n} else {\n  next(null, 1);\n}",
      ),
      'a failure in the last of a function': script(
        "const check = () => {\n  if (!content.a) next(new Error('No a'));\n  else next();\n};\ncheck();",
      ),
    },
  },
  'script-member': {
    finds: {
      'a method in another case': script('next(null, String(content.a).toLowercase());'),
      'a length that is misspelt': script('next(null, content.a.lenght);'),
      'a method that is a letter off': script('next(null, [1].fliter((a) => a));'),
      'a member of JSON': script('next(null, JSON.stringfy(content.a));'),
    },
    nearMisses: {
      'what the language has': script(
        'next(null, [content.a.trim().length, JSON.stringify({}), Object.keys({}).includes(1)]);',
      ),
      'a method of its own': script(
        'const a = { fliter: () => 1, mapp() {} };\na.mapp();\nnext(null, a.fliter());',
      ),
      'a member of data that is called alike': script('next(null, content.a.filters.split);'),
      'short names': script('logger.info(1);\nnext(null, content.a?.b(1));'),
    },
  },
};
