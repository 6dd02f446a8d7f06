import type { XmlElement } from '../source/xml.js';
import type { Place } from '../text.js';
import { bodiesOf, expressionsOf } from './expressions.js';
import { oncePerFlow } from './once.js';
import { chainsIn, scopeOf } from './values.js';

/** What a process reads of its output, outside of its sub-processes. */
export interface OutputRead {
  /** Under which it stands in `environment.output`. */
  readonly name: string;
  /** The member of it that is read; undefined where it is read itself. */
  readonly member: string | undefined;
  readonly xml: XmlElement;
  readonly place: Place;
  /** Whether it stands in a script, which may go on without it. */
  readonly isScript: boolean;
  /** Whether a script only asks for it. */
  readonly isAsked: boolean;
}

const PATH = /^\s*environment\.output\.([\w$]+)(?:\.([\w$]+))?/;

/** @returns what the expressions and scripts of a process read of its output */
export const outputReads = oncePerFlow((flow, blueprint): readonly OutputRead[] => {
  const inExpressions = expressionsOf(flow).flatMap(({ text, xml }) =>
    bodiesOf(text).flatMap((body): OutputRead[] => {
      const [, name, member] = PATH.exec(body) ?? [];
      const read = { xml, place: flow.placeOf(xml), isScript: false, isAsked: false };
      return name === undefined ? [] : [{ name, member, ...read }];
    }),
  );
  const inScripts = chainsIn(flow, blueprint).flatMap(({ chain, xml, place }): OutputRead[] => {
    const [, name, member] = PATH.exec(chain.path) ?? [];
    const { isAsked = false } = chain;
    return name === undefined || chain.access !== 'read'
      ? []
      : [{ name, member, xml, place, isScript: true, isAsked }];
  });
  return [...inExpressions, ...inScripts].filter(
    ({ xml }) => scopeOf(xml)?.name === 'bpmn:process',
  );
});
