import type { Blueprint } from '../blueprint.js';
import type { Answer } from '../script/facts.js';
import type { XmlElement } from '../source/xml.js';
import type { Place, Position } from '../text.js';
import { entriesOf } from './connectors.js';
import { bodiesOf } from './expressions.js';
import type { Flow, Parameter } from './model.js';
import { oncePerFlow } from './once.js';
import { type ScriptAt, scriptUses } from './uses.js';
import { childOf } from './xml-query.js';

/** A member of a value that a parameter holds. */
interface GivenMember {
  readonly name: string;
  /** Its value where that is a text that is written down. */
  readonly text?: string | undefined;
  /** Its values where it is a list of texts that are written down. */
  readonly list?: readonly string[] | undefined;
  /** Whether its value is an object or a list. */
  readonly isObject?: boolean | undefined;
  /** What of the flow its value is made of, such as `environment.output.token`. */
  readonly from?: readonly string[] | undefined;
  readonly place: Place;
}

/** A text that a parameter may hold. */
interface GivenText {
  /** With `${…}` for each part that is worked out. */
  readonly text: string;
  readonly place: Place;
}

/** An object that a parameter may hold. */
export interface GivenObject {
  readonly members: readonly GivenMember[];
  readonly place: Place;
}

/** What a script gives. */
export interface GivenAnswer {
  readonly answer: Answer;
  /** Where something in it stands, as far as that is the flow. */
  readonly placeOf: (position: Position) => Place;
}

/**
 * @returns the objects that a parameter may hold: its map, or what its script gives; undefined where it may hold
 *   something else as well
 */
export function objectsIn(
  parameter: Parameter,
  flow: Flow,
  blueprint: Blueprint,
): GivenObject[] | undefined {
  const { xml } = parameter;
  if (childOf(xml, 'camunda:map')) {
    const members = entriesOf(parameter).map(({ name, text, xml: entry }) => ({
      name,
      text,
      list: listIn(entry),
      isObject: holdsObject(entry),
      from: pathsOf(text ?? ''),
      place: flow.placeOf(entry),
    }));
    return [{ members, place: flow.placeOf(xml) }];
  }
  const answers = answersIn(parameter, flow, blueprint);
  const objects = answers.flatMap(({ answer, placeOf }): GivenObject[] => {
    const members = answer.members?.map((member) => ({ ...member, place: placeOf(member) }));
    return members ? [{ members, place: placeOf(answer) }] : [];
  });
  return answers.length > 0 && objects.length === answers.length ? objects : undefined;
}

/** @returns the texts that a parameter may hold: its own, or what its script gives; nothing where none of it is fixed */
export function textsIn(parameter: Parameter, flow: Flow, blueprint: Blueprint): GivenText[] {
  const { text, xml } = parameter;
  return text === undefined
    ? answersIn(parameter, flow, blueprint).flatMap(({ answer, placeOf }) =>
        answer.texts.map((one) => ({ text: one, place: placeOf(answer) })),
      )
    : [{ text, place: flow.placeOf(xml) }];
}

/** @returns what the script of a parameter gives; nothing where it has none, or none that can be read */
export function answersIn({ xml }: Parameter, flow: Flow, blueprint: Blueprint): GivenAnswer[] {
  const script = childOf(xml, 'camunda:script');
  const use = script && usesByXml(flow, blueprint).get(script);
  if (!use) {
    return [];
  }
  const own = flow.placeOf(use.script.xml);
  // A script file's places are not the flow's.
  const placeOf = ({ line, column }: Position): Place =>
    use.isInline ? { line, column, element: own.element } : own;
  return use.facts.answers.map((answer) => ({ answer, placeOf }));
}

/** The texts of a list, where it holds nothing else and nothing that is worked out. */
function listIn(entry: XmlElement): string[] | undefined {
  const list = childOf(entry, 'camunda:list');
  const texts = list?.children.map(({ children, text }) =>
    children.length === 0 && !text.includes('${') ? text.trim() : undefined,
  );
  const fixed = texts?.filter((text) => text !== undefined);
  return fixed && fixed.length === texts?.length ? fixed : undefined;
}

function holdsObject(entry: XmlElement): boolean {
  return ['camunda:map', 'camunda:list'].some((name) => childOf(entry, name) !== undefined);
}

/** What the expressions of a text are made of. */
function pathsOf(text: string): string[] {
  return bodiesOf(text).flatMap((body) => /^\s*([\w$.]+)/.exec(body)?.[1] ?? []);
}

const usesByXml = oncePerFlow(
  (flow, blueprint): ReadonlyMap<XmlElement, ScriptAt> =>
    new Map(scriptUses(flow, blueprint).map((use) => [use.script.xml, use])),
);
