/** Which of the two servers a call goes to. */
export type Side = 'hub' | 'fortnox';

/**
 * What goes wrong. `answer` comes before the server does its work and `answer-after` when it has done it; likewise
 * `delay`, `cut` and their `-after`. `hang` never answers and does no work.
 */
export type FaultKind =
  | 'answer'
  | 'answer-after'
  | 'delay'
  | 'delay-after'
  | 'cut-before'
  | 'cut-after'
  | 'hang';

/** A fault as it is ordered: which calls it hits, and what it does to them. */
export interface FaultOrder {
  readonly side: Side;
  readonly kind: FaultKind;
  /** Only calls with this method; default: any. */
  readonly method?: string;
  /** Only calls whose path begins with this; default: any. */
  readonly path?: string;
  /** How many calls pass unharmed first; default 0. */
  readonly skip?: number;
  /** How many calls it hits; default 1. */
  readonly times?: number;
  readonly status?: number;
  readonly body?: string;
  readonly contentType?: string;
  readonly headers?: Record<string, string>;
  readonly milliseconds?: number;
}

/** A call that was made; no header and no body of it, as those hold secrets. */
export interface LoggedCall {
  readonly side: Side;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly fault?: FaultKind;
  /** When it came in, in milliseconds of this process. */
  readonly at: number;
}

interface Ordered {
  readonly order: FaultOrder;
  skip: number;
  left: number;
}

/** Takes orders for faults, hands each to the calls it is for, and keeps a log of all calls. */
export class FaultDesk {
  #orders: Ordered[] = [];
  readonly calls: LoggedCall[] = [];

  /** Orders a fault. */
  order(order: FaultOrder): void {
    this.#orders.push({ order, skip: order.skip ?? 0, left: order.times ?? 1 });
  }

  /** Takes back every order. */
  clear(): void {
    this.#orders = [];
  }

  /** @returns the fault for a call that is being made now, if one was ordered for it */
  take(side: Side, method: string, path: string): FaultOrder | undefined {
    for (const ordered of this.#orders) {
      const { order } = ordered;
      if (ordered.left === 0 || order.side !== side) {
        continue;
      }
      if (order.method !== undefined && order.method !== method) {
        continue;
      }
      if (order.path !== undefined && !path.startsWith(order.path)) {
        continue;
      }
      if (ordered.skip > 0) {
        ordered.skip -= 1;
        continue;
      }
      ordered.left -= 1;
      return order;
    }
    return undefined;
  }

  /** Notes a call that has ended, or was cut. */
  note(call: LoggedCall): void {
    this.calls.push(call);
  }
}
