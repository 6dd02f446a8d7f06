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

/** @returns a change that is still to be made, or done already where nothing is to be */
export function makeChange<K extends ChangeKind>(
  kind: K,
  id: string,
  action: ChangeAction,
  note?: string,
): Change & { readonly kind: K } {
  const state = action === 'unchanged' ? 'done' : 'pending';
  return { kind, id, action, state, ...(note !== undefined && { note }) };
}

/** @returns whether a change counts as a difference between the Hub and the blueprint */
export function isDrift({ action }: Pick<Change, 'action'>): boolean {
  return action === 'create' || action === 'update';
}

/** @returns the change as it stands in JSON */
export function changeDocument({
  kind,
  id,
  action,
  state,
}: Change): Pick<Change, 'kind' | 'id' | 'action' | 'state'> {
  return { kind, id, action, state };
}
