import type { Blueprint } from '../blueprint.js';
import { words } from '../text.js';
import { HUB, inputOf, inputText } from './connectors.js';
import { type GivenObject, objectsIn } from './given.js';
import type { Connector, Flow } from './model.js';

const SETTINGS = /^\/admin\/config\/settings/;
const SECRET = /(secret|password|passwd|pwd|token|(api|private|secret)_?key|credentials?)$/i;

/** The types that settings of public blueprints have. */
export const SETTING_TYPES: readonly string[] = words('string password object');

/** @returns the settings that a call writes, as far as they are known */
export function settingsWritten(
  connector: Connector,
  flow: Flow,
  blueprint: Blueprint,
): readonly GivenObject[] {
  const payload = inputOf(connector, 'payload');
  const isWrite = /^(PUT|POST)$/i.test(inputText(connector, 'method'));
  const isOfSettings = SETTINGS.test(inputText(connector, 'url'));
  return payload && isWrite && isOfSettings && HUB.includes(connector.id)
    ? (objectsIn(payload, flow, blueprint) ?? [])
    : [];
}

/** @returns whether the key of a setting says that it is a secret */
export function isSecretKey(key: string): boolean {
  return SECRET.test(key);
}
