import { CLIENT_SECRET } from '../blueprint/manifest.js';
import { isRecord } from '../core/json.js';
import { isDrift } from './change.js';
import { unifiedDiff } from './diff.js';
import type { Plan } from './plan.js';
import type { StoredSettings } from './stored-settings.js';

const SECRET = '****';

/** @returns the content that a plan would change, as a unified diff; secrets are masked */
export function planDiff(plan: Plan, stored: StoredSettings | undefined): string[] {
  return [
    ...plan.settings.filter(isDrift).flatMap(({ id, record }) => {
      // The token's value is no one's to see, nor ours to change.
      const current = stored?.get(id);
      const isNew = record?.value !== current?.value;
      return record
        ? unifiedDiff(
            `/setting/${id}`,
            current && settingText(id, current, SECRET),
            settingText(id, record, isNew ? `${SECRET} (new)` : SECRET),
          )
        : [];
    }),
    ...plan.resources.filter(isDrift).flatMap(({ id, action, current, content }) => {
      const to = action === 'delete' ? undefined : content.toString('utf8');
      return unifiedDiff(id, current?.toString('utf8'), to);
    }),
    ...plan.config.filter(isDrift).flatMap(({ kind, id, current, shipped }) => {
      // What a Hub adds is not ours, and no difference.
      const ours = current && Object.fromEntries(Object.keys(shipped).map((n) => [n, current[n]]));
      return unifiedDiff(`/${kind}/${id}`, ours && textOf(ours), textOf(shipped));
    }),
  ];
}

function settingText(id: string, setting: object, mask: string): string {
  const { key: _key, ...fields } = { key: id, ...setting } as Record<string, unknown>;
  const names = ['name', 'value', 'type', 'tag', 'role', 'category'];
  const shown = names.flatMap((name) => (name in fields ? [[name, fields[name]] as const] : []));
  const masked = shown.map(([name, value]) => {
    const isSecret = name === 'value' && (id === CLIENT_SECRET || isRecord(value));
    return [name, isSecret && value !== '' ? mask : value];
  });
  return textOf(Object.fromEntries(masked));
}

function textOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
