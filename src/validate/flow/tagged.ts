import type { Blueprint } from '../blueprint.js';
import { entriesOf, HUB, inputOf, inputText } from './connectors.js';
import { textsIn } from './given.js';
import type { Connector, Flow } from './model.js';
import { settingsWritten } from './setting-writes.js';
import { type TaggedSetting, useAt } from './use.js';
import { attribute, childOf } from './xml-query.js';

const MANY = /^\/(?:my|admin)\/config\/settings\/?(?:\?|$)/;

/** @returns the settings that a call writes with a key and tags that are known */
export function taggedBy(
  connector: Connector,
  flow: Flow,
  blueprint: Blueprint,
): readonly TaggedSetting[] {
  const payload = inputOf(connector, 'payload');
  const script = payload && childOf(payload.xml, 'camunda:script');
  const resource = script && attribute(script, 'resource');
  const source = resource === undefined ? undefined : blueprint.locate(resource);
  const inUrl = /settings\/([\w-]+)/.exec(inputText(connector, 'url'))?.[1];
  return settingsWritten(connector, flow, blueprint).flatMap(({ members }) => {
    const [key, tag] = ['key', 'tag'].map((one) => members.find(({ name }) => name === one));
    const name = key?.text ?? inUrl ?? '';
    const tags = tag?.list ?? tag?.text?.split(',').map((one) => one.trim()) ?? [];
    const isKnown = tags.length > 0 && /^[\w-]+$/.test(name) && tags.every(isTag);
    return tag && isKnown
      ? [
          {
            use: useAt(name, { element: connector.node.id, ...tag.place }),
            tags,
            ...(source !== undefined && { source }),
          },
        ]
      : [];
  });
}

/** @returns whether a call may ask for settings by a tag that is not known, or by none */
export function asksOpenly(connector: Connector, flow: Flow, blueprint: Blueprint): boolean {
  const url = inputOf(connector, 'url');
  if (
    !url ||
    !HUB.includes(connector.id) ||
    !/^(GET|\$.*)?$/i.test(inputText(connector, 'method'))
  ) {
    return false;
  }
  const texts = textsIn(url, flow, blueprint);
  const query = inputOf(connector, 'query');
  const byQuery = query && entriesOf(query).find(({ name }) => name === 'tag')?.text;
  return (
    texts.length === 0 ||
    texts.some(({ text }) => {
      const isTagged = isTag(byQuery ?? /[?&]tag=([^&]*)/.exec(text)?.[1] ?? '');
      return text.startsWith('${') || (MANY.test(text) && !isTagged);
    })
  );
}

function isTag(text: string): boolean {
  return /^[\w-]+$/.test(text);
}
