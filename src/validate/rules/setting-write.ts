import type { Blueprint } from '../blueprint.js';
import { HUB, inputOf, inputText } from '../flow/connectors.js';
import { type GivenObject, objectsIn } from '../flow/given.js';
import type { Connector, Flow } from '../flow/model.js';
import { each, type Found, rulesOf } from '../rule.js';
import { problem } from '../text.js';

const SETTINGS = /^\/admin\/config\/settings/;

/** Rules about calls that write settings. */
export const settingWriteRules = rulesOf({
  'setting-type': {
    warning: 'Whether a setting keeps its type when it is written without one is not public.',
    flow: each('connectors', (connector, flow, blueprint) =>
      lacking(connector, flow, blueprint, 'type', 'value'),
    ),
  },
  'setting-value': {
    warning: 'A setting that is written without its value stays as it was, or empty.',
    flow: each('connectors', (connector, flow, blueprint) =>
      lacking(connector, flow, blueprint, 'value', 'type'),
    ),
  },
  'setting-method': {
    warning:
      'The public calls make a setting with POST /admin/config/settings and write it with PUT at its key.',
    flow: each('connectors', (connector, { at }) => {
      const url = inputOf(connector, 'url');
      const path = url?.text?.replace(/\?.*$/s, '') ?? '';
      const hasKey = /^\/admin\/config\/settings\/./.test(path);
      const isAll = /^\/admin\/config\/settings\/?$/.test(path);
      const method = inputText(connector, 'method').toUpperCase();
      if (!url || !HUB.includes(connector.id)) {
        return false;
      }
      if (method === 'POST' && hasKey) {
        return at(url.xml, 'This POST names a key. Write PUT, or remove the key from the address.');
      }
      return (
        method === 'PUT' && isAll && at(url.xml, 'This PUT names no key. Add it to the address.')
      );
    }),
  },
});

/** What is said of each setting that a call writes with one member and without another. */
function lacking(
  connector: Connector,
  flow: Flow,
  blueprint: Blueprint,
  member: string,
  beside: string,
): Found[] {
  const message = `This setting is written without its ${member}. Add it.`;
  return written(connector, flow, blueprint).map(({ members, place }): Found => {
    const has = (wanted: string) => members.some(({ name }) => name === wanted);
    return has(beside) && !has(member) && problem(place, message);
  });
}

/** The settings that a call writes, as far as they are known. */
function written(connector: Connector, flow: Flow, blueprint: Blueprint): readonly GivenObject[] {
  const payload = inputOf(connector, 'payload');
  const isWrite = /^(PUT|POST)$/i.test(inputText(connector, 'method'));
  const isOfSettings = SETTINGS.test(inputText(connector, 'url'));
  return payload && isWrite && isOfSettings && HUB.includes(connector.id)
    ? (objectsIn(payload, flow, blueprint) ?? [])
    : [];
}
