import { LIFETIME } from '../fortnox/modes.js';

/** A refresh token that Fortnox gave out, and what became of it. */
interface Rotation {
  readonly refreshToken: string;
  readonly at: number;
  /** When its answer reached a flow that was alive; undefined until then. */
  deliveredAt: number | undefined;
  /** It has been in the Hub's store. */
  isStored: boolean;
  /** The Hub died while the run that got it had not stored it yet. */
  isOrphaned: boolean;
}

/** Which refresh tokens were given out, reached a flow, and were stored: by it a loss is judged. */
export class Ledger {
  readonly #rotations: Rotation[] = [];
  readonly #now: () => number;

  /** @param now tells the time in milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Fortnox made a refresh token, which ends the one before it. */
  rotated(refreshToken: string): void {
    const at = this.#now();
    const fresh = { deliveredAt: undefined, isStored: false, isOrphaned: false };
    this.#rotations.push({ refreshToken, at, ...fresh });
  }

  /** An answer reached a flow that is alive. @param body of the answer, as the flow gets it */
  delivered(body: unknown): void {
    for (const rotation of this.#in(body)) {
      rotation.deliveredAt ??= this.#now();
    }
  }

  /** A value was stored. @param value the token setting's */
  stored(value: unknown): void {
    for (const rotation of this.#in(value)) {
      rotation.isStored = true;
    }
  }

  /** The Hub died. */
  died(): void {
    for (const rotation of this.#rotations) {
      rotation.isOrphaned ||= !rotation.isStored;
    }
  }

  /** @returns the rotation whose refresh token is the living one */
  latest(): Readonly<Rotation> | undefined {
    return this.#rotations.at(-1);
  }

  /** @returns whether the living refresh token has run out unused */
  isExpired(): boolean {
    const latest = this.latest();
    return latest === undefined || this.#now() >= latest.at + LIFETIME.refreshToken;
  }

  #in(text: unknown): Rotation[] {
    const tokenIn = (json: string) => /"refresh_token":"([^"]+)"/.exec(json)?.[1];
    const token = typeof text === 'string' ? tokenIn(text) : undefined;
    return this.#rotations.filter(({ refreshToken }) => refreshToken === token);
  }
}
