import type { Fortnox } from '../fortnox/fortnox.js';
import { type Stored, tenantOf } from './stored.js';

/** What can be the matter for a while. */
export type Matter = 'licence' | 'secret' | 'consent' | 'writes';

interface Span {
  readonly matter: Matter;
  readonly from: number;
  to: number;
}

/** What was so in the world, and when: by it sentences are judged. */
export class Truth {
  readonly #spans: Span[] = [];
  readonly #now: () => number;
  readonly #fortnox: Fortnox;
  readonly #clientId: string;

  /** @param now tells the time in milliseconds since 1970 */
  constructor(now: () => number, fortnox: Fortnox, clientId: string) {
    this.#now = now;
    this.#fortnox = fortnox;
    this.#clientId = clientId;
  }

  /** Something is the matter from now on. @param to when it ends, where that is known */
  began(matter: Matter, to = Number.POSITIVE_INFINITY): void {
    this.#spans.push({ matter, from: this.#now(), to });
  }

  /** It is over. */
  ended(matter: Matter): void {
    for (const span of this.#spans.filter((one) => one.matter === matter)) {
      span.to = Math.min(span.to, this.#now());
    }
  }

  /** @returns whether it was the matter at any time between two */
  was(matter: Matter, from: number, to: number): boolean {
    return this.#spans.some((span) => span.matter === matter && span.from <= to && span.to >= from);
  }

  /** @returns whether it was the matter for all the time between two */
  wasThroughout(matter: Matter, from: number, to: number): boolean {
    return this.#spans.some((span) => span.matter === matter && span.from <= from && span.to >= to);
  }

  /** @returns whether client credentials work for a record, but for the licence and the secret */
  isConsented(stored: Stored): boolean {
    const tenantId = tenantOf(stored);
    const company = this.#fortnox.companies().find((one) => one.tenantId === tenantId);
    return company?.consents.get(this.#clientId)?.isService === true;
  }

  /** @returns whether what is stored still leads to a token, but for the licence and the secret */
  canConnect(stored: Stored): boolean {
    return (
      this.#fortnox.isRefreshTokenAlive(stored.refresh_token ?? '') || this.isConsented(stored)
    );
  }
}
