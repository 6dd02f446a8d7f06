import type { Blueprint } from '../blueprint.js';
import { HUB, inputOf, inputText } from '../flow/connectors.js';
import type { Connector, Flow } from '../flow/model.js';
import { isSecretKey, SETTING_TYPES, settingsWritten } from '../flow/setting-writes.js';
import { each, type Found, rulesOf, unknownName } from '../rule.js';
import { problem } from '../text.js';

/** Rules about calls that write settings. */
export const settingWriteRules = rulesOf({
  'setting-type': {
    warning:
      'Whether a setting keeps its type when it is written without one is not public, nor is any type but string, password and object.',
    flow: each('connectors', (connector, flow, blueprint) => [
      ...lacking(connector, flow, blueprint, 'type', 'value'),
      ...settingsWritten(connector, flow, blueprint).flatMap(({ members }) =>
        members.map(({ name, text, place }): Found => {
          const isType = name === 'type' && text !== undefined && !text.includes('${');
          const message = `No public setting has the type "${text}". They have ${SETTING_TYPES.join(', ')}.`;
          const isUnknown = isType && !SETTING_TYPES.includes(text);
          return isUnknown && unknownName(place, text, SETTING_TYPES, message);
        }),
      ),
    ]),
  },
  'setting-secret': {
    warning:
      'A secret that is not of the type password is shown to everyone who sees the setting, and one with the tag frontend goes to every browser.',
    flow: each('connectors', (connector, flow, blueprint) =>
      settingsWritten(connector, flow, blueprint).flatMap(({ members }) => {
        const of = (wanted: string) => members.find(({ name }) => name === wanted);
        const inUrl = /settings\/([^?]+)/.exec(inputText(connector, 'url'))?.[1];
        const key = of('key')?.text ?? inUrl ?? '';
        const [type, tag] = [of('type'), of('tag')];
        const tags = [...(tag?.list ?? []), tag?.text ?? ''];
        const isPassword = type?.text === 'password';
        const isShown = tags.some((one) => /(^|[\s,])frontend($|[\s,])/.test(one));
        return isSecretKey(key) || isPassword
          ? [
              type?.text === 'string' && problem(type.place, secretMessage(key, 'password')),
              // Whether one that is called like a secret is one is a guess; a password is.
              isShown &&
                problem(tag?.place ?? {}, secretMessage(key), isPassword ? 'error' : 'warning'),
            ]
          : [];
      }),
    ),
    blueprint: ({ documented }) =>
      documented.settings.flatMap(({ key, type, tags, file, line }): Found[] =>
        isSecretKey(key) || /^password$/i.test(type)
          ? [
              /^(string|text)$/i.test(type) &&
                problem({ file, line, column: 1 }, secretMessage(key, 'password')),
              tags.includes('frontend') &&
                problem(
                  { file, line, column: 1 },
                  secretMessage(key),
                  /^password$/i.test(type) ? 'error' : 'warning',
                ),
            ]
          : [],
      ),
  },
  'setting-value': {
    warning:
      'A setting that is written without its value stays as it was, or empty; an object is posted as a JSON text, and returned parsed.',
    flow: each('connectors', (connector, flow, blueprint) => [
      ...lacking(connector, flow, blueprint, 'value', 'type'),
      ...settingsWritten(connector, flow, blueprint).map(({ members }): Found => {
        const [value, type] = ['value', 'type'].map((one) =>
          members.find(({ name }) => name === one),
        );
        const isKnown = SETTING_TYPES.includes(type?.text ?? '');
        const message = `The value of a setting is a text, one of the type ${type?.text} as well. Write JSON.stringify(…).`;
        return value?.isObject === true && isKnown && problem(value.place, message);
      }),
    ]),
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

function secretMessage(key: string, type?: string): string {
  return type === undefined
    ? `The setting ${key} is a secret. Remove its tag frontend.`
    : `The setting ${key} is a secret. Give it the type ${type}.`;
}

/** What is said of each setting that a call writes with one member and without another. */
function lacking(
  connector: Connector,
  flow: Flow,
  blueprint: Blueprint,
  member: string,
  beside: string,
): Found[] {
  const message = `This setting is written without its ${member}. Add it.`;
  return settingsWritten(connector, flow, blueprint).map(({ members, place }): Found => {
    const has = (wanted: string) => members.some(({ name }) => name === wanted);
    return has(beside) && !has(member) && problem(place, message);
  });
}
