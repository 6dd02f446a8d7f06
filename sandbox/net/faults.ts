import type { Call, Side } from './call.js';

/**
 * What goes wrong with a call. `answer` comes in place of the server's work, `answer-after` when it has done it, and
 * likewise `cut` and `hang`, after which nothing ever comes. `delay` holds the call up on its way there, `late` its
 * answer on the way back. After `cut-late` the call arrives all the same, later, when its caller has given it up.
 */
export type FaultKind =
  | 'answer'
  | 'answer-after'
  | 'cut-before'
  | 'cut-after'
  | 'cut-late'
  | 'hang'
  | 'hang-after'
  | 'delay'
  | 'late';

/** A fault, whichever calls it hits. */
export interface Fault {
  readonly kind: FaultKind;
  /** How a report calls it; default: its kind. */
  readonly name?: string;
  /** The status of an answer; default 500. */
  readonly status?: number;
  /** The body of an answer: text as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** How long a delay is, or how late a call or its answer; default 1000, for an ordered answer 0. */
  readonly milliseconds?: number;
  /** Node's code for a cut, as a caller in this process sees it; default ECONNRESET, which it always is by HTTP. */
  readonly code?: string;
}

/** Which calls a fault hits. */
export interface Aim {
  readonly side: Side;
  /** Only calls with this method; default: any. */
  readonly method?: string;
  /** Only calls whose path begins with this; default: any. */
  readonly path?: string;
  /** Only token calls with this grant type; default: any. */
  readonly grant?: string;
  /** Only calls that this service task makes in this process; default: any. */
  readonly task?: string;
  /** How many calls pass unharmed first; default 0. */
  readonly skip?: number;
  /** How many calls it hits; default 1. */
  readonly times?: number;
  /** Hits nothing from this time of the clock on; default: never ends. */
  readonly until?: number;
}

/** A fault as it is ordered: which calls it hits, and what it does to them. */
export type FaultOrder = Fault & Aim;

/** A call that was made; no header and no body of it, as those hold secrets. */
export interface LoggedCall {
  readonly side: Side;
  readonly method: string;
  readonly path: string;
  /** Absent where no answer was sent. */
  readonly status: number | null;
  /** Name of the fault that hit it. */
  readonly fault?: string;
  /** When it came in, by the world's clock, in milliseconds since 1970. */
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
  /** Told each call as it is noted. */
  onNote?: (call: LoggedCall) => void;

  /** Orders a fault. */
  order(order: FaultOrder): void {
    this.#orders.push({ order, skip: order.skip ?? 0, left: order.times ?? 1 });
  }

  /** Takes back every order. */
  clear(): void {
    this.#orders = [];
  }

  /**
   * @param call the call that is being made
   * @param now the time of the clock
   * @returns the fault for it, if one was ordered
   */
  take(call: Call, now: number): Fault | undefined {
    for (const ordered of this.#orders) {
      if (ordered.left === 0 || !isAimedAt(ordered.order, call, now)) {
        continue;
      }
      if (ordered.skip > 0) {
        ordered.skip -= 1;
        continue;
      }
      ordered.left -= 1;
      return ordered.order;
    }
    return undefined;
  }

  /** Notes a call that has ended, or was cut. */
  note(call: LoggedCall): void {
    this.calls.push(call);
    this.onNote?.(call);
  }
}

function isAimedAt({ side, method, path, grant, task, until }: Aim, call: Call, now: number) {
  return (
    side === call.side &&
    (method === undefined || method === call.method) &&
    (path === undefined || call.path.startsWith(path)) &&
    (task === undefined || task === call.task) &&
    (until === undefined || now < until) &&
    (grant === undefined || new URLSearchParams(call.body).get('grant_type') === grant)
  );
}
