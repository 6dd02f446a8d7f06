import type { Blueprint } from '../blueprint.js';
import { entriesOf, HTTP } from '../flow/connectors.js';
import { answersIn, objectsIn, textsIn } from '../flow/given.js';
import type { Flow, Parameter } from '../flow/model.js';
import { childOf } from '../flow/xml-query.js';
import { each, type Found, rulesOf } from '../rule.js';
import { type Place, problem, words } from '../text.js';

const SWITCHES = words(`
  throwHttpErrors followRedirect decompress http2 isStream resolveBodyOnly rejectUnauthorized
  allowGetBody methodRewriting`);
const NUMBERS = words(`
  timeout retry maxRedirects request connect response lookup socket send secureConnect limit
  maxRetryAfter`);
/** Where got 14 wants a map, and the entry that a number is meant as. */
const IN_A_MAP: Readonly<Record<string, string>> = { timeout: 'request', retry: 'limit' };
/** Where got 14 wants a map; the Hub's own connectors have the first one. */
const MAPS = words('headers form timeout retry https context');
/** Where it wants a text. */
const TEXTS = words('url method prefixUrl responseType username password');
const VALUE = /^\s*\$\{\s*(true|false|-?\d+(\.\d+)?)\s*\}\s*$/;

/** Rules about the kinds of values that calls take. */
export const connectorTypeRules = rulesOf({
  'connector-type': {
    error:
      'The library got refuses a value of another kind than it takes: text for a switch, a number or a map, a number for a map. Elsewhere any text may count as true.',
    flow: each('connectors', ({ id, inputs }, flow, blueprint) => {
      const isHttp = id === HTTP;
      const limits = inputs.filter(({ name }) => Object.hasOwn(IN_A_MAP, name)).flatMap(entriesOf);
      const wrong = [
        ...inputs.flatMap((input) => inputProblems(input, isHttp, flow, blueprint)),
        ...limits.map((entry) => ({
          place: flow.placeOf(entry.xml),
          message: wordProblem(entry, isHttp),
        })),
      ];
      return wrong.map(
        ({ place, message }): Found =>
          message !== undefined &&
          // Whether the Hub's own connectors read text as a value is not public.
          problem(place, message, isHttp ? 'error' : 'warning'),
      );
    }),
  },
});

interface Wrong {
  readonly place: Place;
  readonly message: string | undefined;
}

function inputProblems(
  input: Parameter,
  isHttp: boolean,
  flow: Flow,
  blueprint: Blueprint,
): Wrong[] {
  const { name, text = '', xml } = input;
  const place = flow.placeOf(xml);
  const message = (isHttp ? numberProblem(input) : undefined) ?? wordProblem(input, isHttp);
  if (message !== undefined) {
    return [{ place, message }];
  }
  const isList = childOf(xml, 'camunda:list') !== undefined;
  if (TEXTS.includes(name)) {
    const [object] = objectsIn(input, flow, blueprint) ?? [];
    const wanted = `${name} takes a text, and this is a ${isList ? 'list' : 'map'}.`;
    return object || isList ? [{ place: object?.place ?? place, message: wanted }] : [];
  }
  const isOfMaps = MAPS.slice(0, isHttp ? MAPS.length : 1).includes(name);
  if (isOfMaps && (isList || VALUE.test(text))) {
    return [{ place, message: `${name} takes a map, and this is ${isList ? 'a list' : text}.` }];
  }
  if (isOfMaps) {
    const given = textsGiven(input, flow, blueprint);
    return given.map((one) => ({
      place: one,
      message: `${name} takes a map, and this is a text.`,
    }));
  }
  if (isHttp && name === 'body' && (isList || VALUE.test(text))) {
    return [{ place, message: `body takes a text, and this is ${isList ? 'a list' : text}.` }];
  }
  return isHttp && name === 'json'
    ? textsGiven(input, flow, blueprint, /^\s*[[{]/).map((one) => ({
        place: one,
        message: 'got makes JSON of this text once more. Give json the values, or name it body.',
      }))
    : [];
}

/** Where a parameter is given a text, and no value that an expression resolves to. */
function textsGiven(input: Parameter, flow: Flow, blueprint: Blueprint, like = /\S/): Place[] {
  const isText = (text: string) => {
    const fixed = text.replace(/\$\{[^{}]*\}/g, '');
    return /\S/.test(fixed) && like.test(text.startsWith('${') ? fixed : text);
  };
  const texts = textsIn(input, flow, blueprint).filter(({ text }) => isText(text));
  const stringified = answersIn(input, flow, blueprint).flatMap(({ answer, placeOf }) =>
    answer.isStringified ? [placeOf(answer)] : [],
  );
  return [...texts.map(({ place }) => place), ...stringified];
}

/** What is said of a number where a map is wanted. */
function numberProblem({ name, text = '' }: Parameter): string | undefined {
  const member = Object.hasOwn(IN_A_MAP, name) ? IN_A_MAP[name] : undefined;
  const number = /^\s*(?:\$\{\s*(\d+)\s*\}|(\d+))\s*$/.exec(text);
  const value = `$\{${number?.[1] ?? number?.[2]}}`;
  return member !== undefined && number
    ? `"${text}" is not a map. got wants a map for ${name}, with the entry ${member}: ${value}.`
    : undefined;
}

/** What is said of a text where a switch or a number is wanted. */
function wordProblem({ name, text = '' }: Parameter, isHttp: boolean): string | undefined {
  const isSwitch = SWITCHES.includes(name);
  const isNumber = NUMBERS.includes(name);
  if ((isSwitch && /^(true|false)$/i.test(text)) || (isNumber && /^\d+$/.test(text))) {
    return `"${text}" is text here. Write $\{${text}} for the value.`;
  }
  const isText = text !== '' && !text.includes('${');
  const isValue = isHttp && /^\$\{-?\d+\}$/.test(text);
  if (isSwitch && (isText || isValue)) {
    return `"${text}" is neither true nor false. Write $\{true} or $\{false}.`;
  }
  return isNumber && isText && !Object.hasOwn(IN_A_MAP, name)
    ? `"${text}" is text here. Write a number, such as $\{5000}.`
    : undefined;
}
