/** What a change is about. */
export type ChangeKind = 'resource' | 'setting' | 'workflow' | 'form';

/** What is to be done, or was done, to one thing. `unknown`: the Hub does not show what it holds. */
export type ChangeAction = 'create' | 'update' | 'unchanged' | 'unknown';

/** One thing of the blueprint in a Hub: what becomes of it, and how far that has come. */
export interface Change {
  readonly kind: ChangeKind;
  /** A Hub path, a stored key, a workflow key or a form slug. */
  readonly id: string;
  readonly action: ChangeAction;
  state: 'done' | 'failed' | 'pending';
  /** For a person, such as "edited by hand since"; never a value. */
  readonly note?: string;
}

/** @returns whether a change counts as a difference between the Hub and the blueprint */
export function isDrift({ action }: Change): boolean {
  return action === 'create' || action === 'update';
}

/** @returns the change as it stands in JSON */
export function changeDocument({ kind, id, action, state }: Change): Record<string, string> {
  return { kind, id, action, state };
}

const GLYPHS: Record<ChangeAction, string> = { create: '+', update: '~', unchanged: ' ', unknown: '?' };
const PLURALS: Record<ChangeKind, string> = {
  setting: 'settings',
  resource: 'files',
  workflow: 'workflows',
  form: 'forms',
};

/** @returns the changes as a table; what stays as it is, is only counted */
export function changeLines(changes: readonly Change[]): string[] {
  const shown = changes.filter(({ action, note }) => action !== 'unchanged' || note !== undefined);
  const lines = shown.map(({ kind, id, action, note, state }) => {
    const fate = state === 'failed' ? 'failed' : action;
    return `  ${GLYPHS[action]} ${kind.padEnd(9)} ${fate.padEnd(10)} ${id}${note ? `  (${note})` : ''}`;
  });
  const kept = (Object.keys(PLURALS) as ChangeKind[]).flatMap((kind) => {
    const count = changes.filter((change) => change.kind === kind && change.action === 'unchanged').length;
    return count > 0 ? [`${count} ${count === 1 ? kind.replace('resource', 'file') : PLURALS[kind]}`] : [];
  });
  if (kept.length > 0)
    lines.push(`  ${shown.length > 0 ? 'and unchanged' : 'Unchanged'}: ${kept.join(', ')}`);
  return lines;
}
