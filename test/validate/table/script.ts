import { calling, parameters, put, script, scriptTask, working } from './build.js';
import type { Topic } from './rows.js';

/** Rules about what a script holds, wherever it stands. */
export const scripts: Topic = {
  'script-syntax': {
    finds: {
      'a bracket that is not closed': script('next(;\n'),
      'a return outside of a function': script('return next();\n'),
      'an import': script("import x from 'x';\nnext();\n"),
      'an await outside of a function': script('await content.x;\nnext();\n'),
      'a script in a flow, at its place there': working(
        scriptTask('\n  const a = 1;\n  const b = ;\n  next(a, b);\n'),
      ),
    },
    nearMisses: { 'a return in a function': script('(() => { return next(); })();\n') },
  },
  'script-next': {
    finds: {
      'a script without next': script('environment.output.x = 1;\n'),
      'a name that begins with it': script('const next2 = 1;\n'),
      'an empty script': script(''),
      'a script in a flow': working(scriptTask('environment.output.x = 1;')),
    },
    nearMisses: {
      'next as a callback': script('Promise.resolve(1).then((x) => next(null, x), next);\n'),
    },
  },
  'script-next-path': {
    finds: {
      'an if without an else': script('if (content.x) next();\n'),
      'a return before it': script(
        'const go = (yes) => { if (yes) { next(); return; } };\ngo(content.x);\n',
      ),
      'a case that calls nothing': script(
        'switch (content.x) {\n  case 1: next(); break;\n  case 2: break;\n  default: next();\n}\n',
      ),
      'an error that is kept quiet': script(
        'try { JSON.parse(content.x); next(); } catch (_e) { environment.output.x = 1; }\n',
      ),
      'a script in a flow': working(scriptTask('if (content.x) next();')),
      'a loop that may run never': script('for (const x of content.list) next(null, x);\n'),
    },
    nearMisses: {
      'two conditions of which one holds': script(
        'if (content.x) next();\nif (!content.x) next(null, 1);\n',
      ),
      'an if with an else': script('if (content.x) next(); else next(null, 1);\n'),
      'a throw in place of it': script("if (!content.x) throw new Error('no x');\nnext();\n"),
      'an error that is passed on': script(
        'try { next(null, JSON.parse(content.x)); } catch (error) { next(error); }\n',
      ),
      'a function that calls itself': script(
        'const again = () => { if (content.x) again(); else next(); };\nagain();\n',
      ),
    },
  },
  'script-global': {
    finds: {
      'a module that is loaded': script("const fs = require('fs');\nnext(null, fs);\n"),
      'an address that is taken apart': script("next(null, new URL('https://x.test').host);\n"),
      'a timer': script('setTimeout(next, 10);\n'),
      'another member of Buffer': script('next(null, Buffer.alloc(1));\n'),
      'another member of console': script("console.error('x');\nnext();\n"),
    },
    nearMisses: {
      'a script of the Onify Agent, which runs under Node': {
        ...script('next();\n'),
        'resources/agent/scripts/disk.js':
          "const fs = require('node:fs');\nconsole.log(fs.statfsSync('/').bfree);\n",
      },
      'a script of a page, which runs in a browser': {
        ...script('next();\n'),
        'forms/page.js': 'setTimeout(() => document.title, 10);\n',
      },
      'a script of another language': working(
        scriptTask('import os; print(os.name)').replace('"js"', '"python"'),
      ),
      'a name of its own': script('const fetch = () => content.x;\nnext(null, fetch());\n'),
      'a name that is asked for first': script(
        "if (typeof structuredClone !== 'undefined') structuredClone(content.x);\nnext();\n",
      ),
      'the member of Buffer that is there': script("next(null, Buffer.from('x'));\n"),
    },
  },
  'script-functions': {
    finds: { 'a call': script('next(null, functions.generateUuid());\n') },
    nearMisses: {
      'a call behind a question': script(
        "next(null, typeof functions === 'object' ? functions.generateUuid() : content.id);\n",
      ),
    },
  },
  'script-name': {
    finds: {
      'a misspelled name': script('next(null, enviroment.output);\n'),
      'a name that nothing declares': script('next(null, total);\n'),
      'a member of an answer outside of its connector': script('next(null, statusCode);\n'),
      'a member of an answer in a script task': working(scriptTask('next(null, statusCode);')),
    },
    nearMisses: {
      'names that the Hub adds': script(
        "const text = decrypt(encrypt(contextName, 'hex'), 'hex');\nnext(null, jwt.sign({ text }, 'key'));\n",
      ),
      'a name that is assigned': script('total = 1;\nnext(null, total);\n'),
      'a parameter with a default': script('const { x = 1, ...rest } = content;\nnext(x, rest);\n'),
      "a member of an answer in its connector's output": calling(
        { url: 'https://x.test' },
        {
          outputs: put(
            'a',
            '<camunda:script scriptFormat="js">next(null, body.a);</camunda:script>',
          ),
          task: parameters(put('a', '${content.output.a}')),
        },
      ),
    },
  },
  'script-path': {
    finds: {
      'a misspelled member': script('next(null, environment.variabels.input);\n'),
      'what stands in the variables': script('next(null, environment.input.id);\n'),
      'a misspelled variable': script('next(null, environment.variables.inputs.id);\n'),
    },
    nearMisses: {
      'a member': script('next(null, environment.variables.input);\n'),
      'a member that it makes itself': script('environment.outputs = 1;\nnext();\n'),
      'a variable that it makes itself': script(
        'environment.variables.inputs = 1;\nnext(null, environment.variables.inputs);\n',
      ),
    },
  },
  'script-console': {
    finds: { 'a line that is printed': script("console.log('x');\nnext();\n") },
    nearMisses: { 'a line for the log': script("logger.info('x');\nnext();\n") },
  },
  'script-http': {
    finds: {
      'an address': script("next(null, 'http://api.example.com');\n"),
      'an address with a value in it': script(
        'next(null, `http://api.example.com/${content.x}`);\n',
      ),
    },
    nearMisses: {
      'an encrypted address': script("next(null, 'https://api.example.com');\n"),
      'an address of this machine': script("next(null, 'http://localhost:3000');\n"),
      'a mere name': script("next(null, 'http://www.w3.org/2000/svg');\n"),
    },
  },
};
