import type { Blueprint } from '../blueprint.js';
import type { Printed } from '../script/facts.js';
import type { Place } from '../text.js';
import type { Flow } from './model.js';
import { asksForToken, readsSecrets, settingOrigins, tokenOrigins } from './secrets.js';
import { scriptUses } from './uses.js';
import { closest } from './xml-query.js';

/** Where a script prints settings or a token as a whole. */
interface PrintedSecret {
  readonly printed: Printed;
  readonly place: Place;
  /** Whether it is what a call answered, and not what was kept of it. */
  readonly isAnswer: boolean;
}

/** @returns where the scripts of a flow print what holds secrets as a whole */
export function printedSecrets(flow: Flow, blueprint: Blueprint): PrintedSecret[] {
  const byXml = new Map(flow.connectors.map((one) => [one.xml, one]));
  const byNode = new Map(flow.connectors.map((one) => [one.node.id, one]));
  const secrets = new Set([
    ...settingOrigins(flow, blueprint).keys(),
    ...tokenOrigins(flow, blueprint).keys(),
  ]);
  return scriptUses(flow, blueprint).flatMap(({ script, facts, isInline }) => {
    if (facts.printed.length === 0) {
      return [];
    }
    const connector = closest(script.xml, ({ name }) => name === 'camunda:connector');
    const own = script.isConnectorOutput && connector ? byXml.get(connector) : undefined;
    const around = own ? undefined : byNode.get(script.element);
    const of = own ?? around;
    const isOfSecrets = of !== undefined && (readsSecrets(of) || asksForToken(of));
    const whole = own ? /^body(\.value)?$/ : /^content(\.output(\.body(\.value)?)?)?$/;
    return facts.printed.flatMap((printed): PrintedSecret[] => {
      const { paths, line, column } = printed;
      const place = isInline
        ? { line, column, element: script.element }
        : { file: blueprint.locate(script.file ?? ''), line, column };
      const isAnswer = isOfSecrets && paths.some((path) => whole.test(path));
      const isKept = paths.some(
        (path) =>
          (secrets.size > 0 && /^environment(\.output)?$/.test(path)) ||
          secrets.has(/^environment\.output\.([\w$]+)$/.exec(path)?.[1] ?? ''),
      );
      return isAnswer || isKept ? [{ printed, place, isAnswer }] : [];
    });
  });
}
