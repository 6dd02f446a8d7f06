import * as piso from '@0dep/piso';
import * as croner from 'croner';
import { Writer } from 'moddle-xml';
import { type Blueprint, blueprintOf } from '../blueprint.js';
import type { Flow } from '../flow/model.js';
import { readFlow } from '../flow/read.js';
import { attribute } from '../flow/xml-query.js';
import { compareAnew } from '../near.js';
import { type Found, foundIn, type Rule } from '../rule.js';
import { noneDocumented } from '../source/documented.js';
import { timerReaders } from '../source/timers.js';
import { readXml } from '../source/xml.js';
import type { Problem, TextFile } from '../text.js';
import { modelerRules } from './rules.js';
import { RememberedScripts } from './scripts.js';

/** Something that is wrong with an element of a diagram. */
export interface Report {
  /** Id of the element; where nothing closer has one, of the definitions. */
  readonly id: string;
  readonly message: string;
}

/** What moddle holds of a file: the root of its model. */
export interface Definitions {
  readonly $type: string;
  readonly id?: string;
}

const PATH = 'diagram.bpmn';
const scripts = new RememberedScripts();

/**
 * Has every rule that needs a flow alone look at a diagram.
 *
 * @param definitions the root of its model, as moddle read it or a modeler changed it; it stays as it is
 * @returns what each rule found, by its id
 */
export function lintDefinitions(definitions: Definitions): ReadonlyMap<string, readonly Report[]> {
  const file = { path: PATH, text: new Writer({ format: true }).toXML(definitions) };
  const flow = readFlow(PATH, readXml(file.text), [], scripts.read());
  const nearest = elementsByLine(flow);
  const reportOf = ({ element, line, message }: Problem): Report => {
    const id = element ?? (line === undefined ? undefined : nearest(line)) ?? definitions.id ?? '';
    return { id, message };
  };
  return new Map(
    modelerRules.map((rule) => {
      const found = allFound(rule, flow, file).filter((one): one is Problem => Boolean(one));
      return [rule.id, found.map(reportOf)] as const;
    }),
  );
}

function allFound(rule: Rule, flow: Flow, file: TextFile): Found[] {
  compareAnew();
  const scripts = flow.inline.flatMap((use) => [...(rule.script?.(use, ALONE) ?? [])]);
  return [...foundIn(flow, rule, ALONE), ...scripts, ...(rule.text?.(file, ALONE) ?? [])];
}

/** A blueprint of which one flow is known and nothing else: what that names may well be there. */
const ALONE: Blueprint = {
  ...blueprintOf({
    settingKeys: undefined,
    paths: [],
    configFile: undefined,
    forms: [],
    flows: [],
    scripts: new Map(),
    documented: noneDocumented(),
    timers: timerReaders(
      () => piso,
      () => croner,
    ),
  }),
  locate: (hubPath) => hubPath,
};

/** @returns what tells the id of the last element that begins at or before a line */
function elementsByLine({ document }: Flow): (line: number) => string | undefined {
  return (line) =>
    document.elements.findLast(
      (xml) => attribute(xml, 'id') !== undefined && document.lines.at(xml.start).line <= line,
    )?.attributes.id;
}
