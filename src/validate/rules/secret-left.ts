import type { Blueprint } from '../blueprint.js';
import { entriesOf, inputOf } from '../flow/connectors.js';
import { bodiesOf } from '../flow/expressions.js';
import { type Left, leftSecrets } from '../flow/left.js';
import type { Flow, FlowNode } from '../flow/model.js';
import { SECRET, settingOrigins, tokenOrigins } from '../flow/secrets.js';
import { each, type Found, rulesOf } from '../rule.js';

const LEFT_END = 'Clear it on every path, also where the flow fails.';

/** Rules about secrets that a flow gets and where they stay. */
export const secretLeftRules = rulesOf({
  'setting-left': {
    error:
      'What stands in the output at the end is stored with the process, for everyone who may read it.',
    wholeFlow: (flow, blueprint) =>
      leftOf(flow, blueprint, settingOrigins(flow, blueprint)).map(({ name, origin, end }) =>
        flow.at(
          origin.xml,
          `The settings stay in environment.output.${name} where the flow ends at ${end.id}. ${LEFT_END}`,
        ),
      ),
  },
  'token-left': {
    error: 'A token that stays in the output at the end is stored with the process.',
    wholeFlow: (flow, blueprint) => {
      const settings = settingOrigins(flow, blueprint);
      const tokens = new Map(
        [...tokenOrigins(flow, blueprint)].filter(([name]) => !settings.has(name)),
      );
      return leftOf(flow, blueprint, tokens).map(({ name, origin, end }) =>
        flow.at(
          origin.xml,
          `The token stays in environment.output.${name} where the flow ends at ${end.id}. ${LEFT_END}`,
        ),
      );
    },
  },
  'secret-in-address': {
    error: 'An address stands in every log on its way, and so does a secret in it.',
    flow: each('connectors', (connector, { at }) => {
      const url = inputOf(connector, 'url');
      const inUrl = url?.text !== undefined && /[?&#]/.test(url.text) ? url.text : '';
      const query = inUrl.slice(Math.max(0, inUrl.search(/[?&#]/)));
      const message =
        'A secret in an address stands in every log on its way. Send it in a header or in the body.';
      const entries = ['query', 'searchParams'].flatMap((name) => {
        const input = inputOf(connector, name);
        return input ? [input, ...entriesOf(input)] : [];
      });
      return [
        url !== undefined && holdsSecret(query) && at(url.xml, message),
        ...entries.map(
          ({ text, xml }): Found => text !== undefined && holdsSecret(text) && at(xml, message),
        ),
      ];
    }),
  },
});

/** Whether the last name of an expression in a text is that of a secret. */
function holdsSecret(text: string): boolean {
  return bodiesOf(text).some((body) => SECRET.test(body.split('.').at(-1) ?? ''));
}

function leftOf(
  flow: Flow,
  blueprint: Blueprint,
  origins: ReadonlyMap<string, readonly FlowNode[]>,
): Left[] {
  const byOrigin = new Map<FlowNode, Left>();
  for (const left of leftSecrets(flow, blueprint, origins)) {
    byOrigin.set(left.origin, byOrigin.get(left.origin) ?? left);
  }
  return [...byOrigin.values()];
}
