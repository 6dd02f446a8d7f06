import { bodiesOf, expressionsOf } from '../flow/expressions.js';
import type { Flow } from '../flow/model.js';
import { closest } from '../flow/xml-query.js';
import { nearHint } from '../near.js';
import { type Found, rulesOf } from '../rule.js';
import { ANSWER } from '../script/sandbox.js';
import type { XmlElement } from '../source/xml.js';
import { words } from '../text.js';
import { outOfEnvironment, outOfVariables } from './environment.js';

// What the engine hands to an expression; a connector's output sees the answer's members as well.
const ROOTS = words('environment content fields properties id type name listener logger');
/** What people take for a name of its own. */
const MEANT: Readonly<Record<string, string>> = {
  output: 'environment.output',
  variables: 'environment.variables',
  settings: 'environment.settings',
  services: 'environment.services',
  input: 'environment.variables.input',
  submit: 'environment.variables.submit',
  env: 'environment',
};
const CONSTANT = /^(true|false|null|-?\d+(\.\d+)?)$/;
const OPERATOR = /[=<>!&|?+*;]|\s[-/]\s/;
const ALMOST = /^\$?\{?(environment|content)\.[\w.]+\}$|^\{(environment|content)\.[\w.]+\}?$/;

/** What passes on its text. */
const PASSED_ON: ReadonlySet<string> = new Set(
  words('inputParameter outputParameter entry value').map((name) => `camunda:${name}`),
);
/** A path that stands by itself, and one into an answer. */
const BARE =
  /^(environment\.(output|variables|settings)|content\.(output|input))(\.[A-Za-z_$][\w$]*)*$/;
const OF_ANSWER = /^(body(\.[A-Za-z_$][\w$]*)+|statusCode|headers\.[\w$-]+)$/;

/** One within a text that lacks its dollar sign. */
const INSIDE = /[^${]\{environment\.(output|variables|settings)\.[\w.]+\}(?!\})/;

/** Rules about expressions such as `${environment.output.x}`. */
export const expressionRules = rulesOf({
  'expression-balance': {
    error: 'An expression that is not closed is passed on as text.',
    flow: (flow) => [
      ...flow.elements.map((xml): Found => {
        const text = PASSED_ON.has(xml.name) && xml.children.length === 0 ? xml.text.trim() : '';
        const isBare = BARE.test(text) || (OF_ANSWER.test(text) && isOutput(xml));
        const message = `"${short(text)}" is passed on as this text. Write it as \${${short(text)}}.`;
        return isBare && flow.at(xml, message);
      }),
      ...expressionsOf(flow).map(({ text, xml }): Found => {
        const opened = text.split('${').length - 1;
        if (opened !== bodiesOf(text).length) {
          return flow.at(xml, `The expression "${short(text)}" is not closed, or empty.`);
        }
        const message = `"${short(text)}" looks like an expression. Write it as \${…}.`;
        const isAlmost = opened === 0 && (ALMOST.test(text) || INSIDE.test(text));
        return isAlmost && flow.at(xml, message);
      }),
    ],
  },
  'expression-root': {
    error:
      'An expression that begins with an unknown name resolves to nothing, and its value is left out.',
    flow: eachBody((body, xml, { at }) => {
      const root = /^\s*([\w$-]+)/.exec(body)?.[1];
      if (CONSTANT.test(body) || (root !== undefined && ROOTS.includes(root))) {
        return false;
      }
      const meant = Object.hasOwn(MEANT, root ?? '') ? MEANT[root ?? ''] : undefined;
      const near = meant ? ` Did you mean ${meant}?` : nearHint(root ?? '', ROOTS);
      const hint = near || ' It begins with environment or content.';
      // The members of an answer are names of their own where its connector puts it out, and not before.
      const parameter = closest(xml, ({ name }) => name === 'camunda:outputParameter');
      const isOutput = parameter?.parent?.parent?.name === 'camunda:connector';
      const mayBeAnswer = isOutput && root !== undefined && (near === '' || ANSWER.has(root));
      return !mayBeAnswer && at(xml, `The engine can't resolve \${${short(body)}}.${hint}`);
    }),
  },
  'expression-operator': {
    error:
      'The engine reads a path or a call, nothing else: with an operator the expression resolves to nothing.',
    flow: eachBody((body, xml, { at }) => {
      const path = withoutArguments(body).replace(/'[^']*'|"[^"]*"/g, '');
      const message = `\${${short(body)}} has an operator, which the engine does not read. Use a script.`;
      return !CONSTANT.test(body) && OPERATOR.test(path) && at(xml, message);
    }),
  },
  'expression-path': {
    error: 'The environment has variables, output, services and settings, and nothing else.',
    flow: eachBody((body, xml, { placeOf }) => {
      const member = /^\s*environment\.([\w$]+)/.exec(body)?.[1] ?? '';
      return outOfEnvironment(placeOf(xml), member) || outOfVariables(placeOf(xml), body);
    }),
  },
});

/** Whether an element is an output parameter of a connector, which sees the members of its answer. */
function isOutput(xml: XmlElement): boolean {
  return xml.name === 'camunda:outputParameter' && xml.parent?.parent?.name === 'camunda:connector';
}

/** The check of a flow that looks at what stands in each `${…}` by itself. */
function eachBody(check: (body: string, xml: XmlElement, flow: Flow) => Found) {
  return (flow: Flow) =>
    expressionsOf(flow).flatMap(({ text, xml }) =>
      bodiesOf(text).map((body) => check(body, xml, flow)),
    );
}

/** A path without what stands between its first bracket and the last one. */
function withoutArguments(body: string): string {
  const [from, to] = [body.indexOf('('), body.lastIndexOf(')')];
  return from !== -1 && from < to ? body.slice(0, from) + body.slice(to + 1) : body;
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
