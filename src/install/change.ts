/** What a change is about. */
export type ChangeKind = 'resource' | 'setting' | 'workflow' | 'form';

/** What is to be done to one thing. `unknown`: the Hub does not show what it holds. */
export type ChangeAction = 'create' | 'update' | 'delete' | 'unchanged' | 'unknown';

/** How far a change has come. */
export type ChangeState = 'done' | 'failed' | 'pending';

/** One thing of the blueprint in a Hub, and what becomes of it. */
export interface Change {
  readonly kind: ChangeKind;
  /** A Hub path, a stored key, a workflow key or a form slug. */
  readonly id: string;
  readonly action: ChangeAction;
  /** Nothing is left to be done about it. */
  readonly isSettled: boolean;
  /** For a person, such as "edited by hand since"; never a value. */
  readonly note?: string;
}

/** A change, and what came of it. */
export interface Outcome {
  readonly change: Change;
  readonly state: ChangeState;
}

/** @returns a change that is still to be made, or settled already where nothing is to be done */
export function makeChange<K extends ChangeKind>(
  kind: K,
  id: string,
  action: ChangeAction,
  note?: string,
): Change & { readonly kind: K } {
  const isSettled = action === 'unchanged';
  return { kind, id, action, isSettled, ...(note !== undefined && { note }) };
}

/** @returns whether a change counts as a difference between the Hub and the blueprint */
export function isDrift({ action }: Pick<Change, 'action'>): boolean {
  return action === 'create' || action === 'update' || action === 'delete';
}

/** @returns the outcome of a change; of one that nobody has tried yet where no state is given */
export function outcomeOf(change: Change, state?: ChangeState): Outcome {
  return { change, state: state ?? (change.isSettled ? 'done' : 'pending') };
}

/** @returns the outcome as it stands in JSON */
export function outcomeDocument({
  change,
  state,
}: Outcome): Pick<Change, 'kind' | 'id' | 'action'> & Pick<Outcome, 'state'> {
  const { kind, id, action } = change;
  return { kind, id, action, state };
}
