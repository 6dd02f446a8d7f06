import { LIFETIME } from '../fortnox/modes.js';

/** A refresh token that Fortnox gave out, and what became of it. */
interface Rotation {
  readonly refreshToken: string;
  readonly tenantId: number;
  readonly at: number;
  /** When its answer reached a flow that was alive, and on which Hub; undefined until then. */
  deliveredAt: number | undefined;
  deliveredTo: number | undefined;
  /** It has been in the first Hub's store. */
  isStored: boolean;
  /** The Hub died, and forgot the run that had got it and not stored it yet. */
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
  rotated(refreshToken: string, tenantId: number): void {
    const fresh = { deliveredAt: undefined, deliveredTo: undefined };
    const at = this.#now();
    const rotation = { refreshToken, tenantId, at, ...fresh, isStored: false, isOrphaned: false };
    this.#rotations.push(rotation);
  }

  /** An answer reached a flow that is alive. @param body of the answer, as the flow gets it */
  delivered(body: unknown, hub: number): void {
    for (const rotation of this.#in(body)) {
      rotation.deliveredAt ??= this.#now();
      rotation.deliveredTo ??= hub;
    }
  }

  /** A value was stored in the first Hub. @param value the token setting's */
  stored(value: unknown): void {
    for (const rotation of this.#in(value)) {
      rotation.isStored = true;
    }
  }

  /** The Hub died, and forgot its runs. */
  died(): void {
    for (const rotation of this.#rotations) {
      rotation.isOrphaned ||= !rotation.isStored;
    }
  }

  /** @returns the rotation whose refresh token is the living one of a company, or of any */
  latest(tenantId?: number): Readonly<Rotation> | undefined {
    return this.#rotations.findLast((one) => tenantId === undefined || one.tenantId === tenantId);
  }

  /** @returns the company that a refresh token was given for */
  tenantOf(refreshToken: string): number | undefined {
    return this.#rotations.find((one) => one.refreshToken === refreshToken)?.tenantId;
  }

  /** @returns whether a refresh token has run out unused */
  isExpired({ at }: Readonly<Rotation>): boolean {
    return this.#now() >= at + LIFETIME.refreshToken;
  }

  #in(text: unknown): Rotation[] {
    const tokenIn = (json: string) => /"refresh_token":"([^"]+)"/.exec(json)?.[1];
    const token = typeof text === 'string' ? tokenIn(text) : undefined;
    return this.#rotations.filter(({ refreshToken }) => refreshToken === token);
  }
}
