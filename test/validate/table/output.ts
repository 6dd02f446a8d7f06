import { calling, callTask, flowOf, giving, map, ofFlow, scriptTask } from './build.js';
import type { Input, Topic } from './rows.js';

const url = 'https://x.test';
const MADE = giving('next(null, { number: body.nr, name: body.who });');
const take = (name: string, text: string) =>
  `<camunda:inputOutput><camunda:outputParameter name="${name}">${text}</camunda:outputParameter></camunda:inputOutput>`;
const put = (name: string, value: string) =>
  `<camunda:outputParameter name="${name}">${value}</camunda:outputParameter>`;

/** A flow that gets an object, and a script that reads of it. */
const got = (after: string, given = MADE): Input =>
  calling(
    { url, responseType: 'json' },
    { outputs: put('a', given), task: take('order', '${content.output.a}'), after },
  );

const throwing = (text: string): Input => calling({ url }, { task: take('a', giving(text)) });

/** A call that puts out rows, and scripts in a row behind it. */
const inTurn = (first: string, second: string, more: readonly string[] = []): Input =>
  ofFlow(
    flowOf(
      [
        callTask(
          { url },
          {
            outputs: put('a', giving('next(null, body);')),
            task: take('rows', '${content.output.a}'),
          },
        ),
        scriptTask(first, 'first'),
        scriptTask(second, 'second'),
      ].join('\n'),
      ['asked->work', 'work-failed->done', 'work->first', 'first->second', 'second->done', ...more],
    ),
  );

/** Rules about what a process keeps in its output on its way. */
export const output: Topic = {
  'output-member': {
    finds: {
      'a member under another name': got('next(null, environment.output.order.nummer);'),
      'a member that is none': got('next(null, environment.output.order.street);'),
      'a member of a map': calling(
        { url, method: 'POST', json: map({ a: '${environment.output.order.nr}' }) },
        { task: take('order', map({ number: '1' })) },
      ),
      'a member of what a script makes': got(
        'environment.output.sum = { net: 1 };\nnext(null, environment.output.sum.nett);',
      ),
    },
    nearMisses: {
      'a member': got('next(null, environment.output.order.number);'),
      'a member that a script adds': got(
        'const { order } = environment.output;\norder.street = 1;\nnext(null, environment.output.order.street);',
      ),
      'members that a script copies': got(
        'Object.assign(environment.output.order, content.more);\nnext(null, environment.output.order.street);',
      ),
      'a member that is asked for': got(
        'if (environment.output.order.street) next();\nelse next(null, 1);',
      ),
      'what may be anything': got(
        'next(null, environment.output.order.street);',
        giving('next(null, body);'),
      ),
      'a method of every object': got('next(null, environment.output.order.hasOwnProperty);'),
    },
  },
  'output-throw': {
    finds: {
      'a throw': throwing("if (!content.output.body) throw new Error('no');\nnext(null, 1);"),
    },
    nearMisses: {
      'an error for next': throwing(
        "if (!content.output.body) next(new Error('no'));\nelse next(null, 1);",
      ),
      'a throw that is caught': throwing(
        "try {\n  if (!content.output.body) throw new Error('no');\n  next(null, 1);\n} catch (error) {\n  next(error);\n}",
      ),
      'a throw of a script task': ofFlow(
        flowOf(scriptTask("if (!content.input) throw new Error('no');\nnext();"), [
          'asked->work',
          'work->done',
        ]),
      ),
    },
  },
  'output-gone': {
    finds: {
      'a value that the script before deletes': inTurn(
        'delete environment.output.rows;\nnext();',
        'next(null, environment.output.rows.length);',
      ),
      'one that is only read': inTurn(
        'delete environment.output.rows;\nnext();',
        'const { rows } = environment.output;\nnext(null, rows);',
      ),
    },
    nearMisses: {
      'a value that is deleted where the script fails': inTurn(
        "if (content.a) {\n  delete environment.output.rows;\n  next(new Error('no'));\n} else {\n  next();\n}",
        'next(null, environment.output.rows.length);',
      ),
      'a value that another path keeps': inTurn(
        'delete environment.output.rows;\nnext();',
        'next(null, environment.output.rows.length);',
        ['work->second:${environment.variables.one}'],
      ),
      'a value that is asked for': inTurn(
        'delete environment.output.rows;\nnext();',
        'if (environment.output.rows) next();\nelse next(null, 1);',
      ),
      'a value that is written anew': inTurn(
        'delete environment.output.rows;\nenvironment.output.rows = [];\nnext();',
        'next(null, environment.output.rows.length);',
      ),
    },
  },
};
