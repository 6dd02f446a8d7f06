import type { Answer, Call, Handler } from './call.js';
import { type Clock, sleep } from './clock.js';
import type { Fault, FaultDesk, FaultKind } from './faults.js';
import type { LatencyOf } from './latency.js';

/** A connection that ended without an answer. */
export class Cut extends Error {
  /** @param code what Node calls it */
  constructor(readonly code: string) {
    super(code);
  }
}

/** Faults by which the server does no work, at least not while its caller waits. */
const WITHOUT_WORK: readonly FaultKind[] = ['answer', 'cut-before', 'cut-late', 'hang'];

/** What lies between a caller and a server. */
export interface Network {
  readonly faults: FaultDesk;
  readonly clock: Clock;
  /** Milliseconds there and back of a call; default: none. */
  readonly latency?: LatencyOf;
  /** Told each call as it is made, and the fault that will hit it. */
  readonly onCall?: (call: Call, fault: Fault | undefined) => void;
  /** Told the status that a call was answered with, as its caller sees it; null where it saw none. */
  readonly onAnswer?: (call: Call, status: number | null) => void;
}

/**
 * Brings a call to its server and the answer back, with the fault that was ordered for it.
 *
 * @returns the answer; where it hangs, a promise that stays open
 * @throws Cut where the connection was cut
 */
export async function travel(call: Call, handler: Handler, network: Network): Promise<Answer> {
  const { clock, faults } = network;
  const at = clock.now();
  const fault = faults.take(call, at);
  network.onCall?.(call, fault);
  const note = (status: number | null) => {
    const { side, method, path } = call;
    const name = fault && { fault: fault.name ?? fault.kind };
    faults.note({ side, method, path, status, at, ...name });
    network.onAnswer?.(call, status);
  };
  const [there, back] = network.latency?.(call) ?? [0, 0];
  const isDelay = fault?.kind === 'delay';
  await pass(clock, there + (isDelay ? (fault.milliseconds ?? 1000) : 0));
  if (fault?.kind === 'cut-late') {
    void sleep(clock, fault.milliseconds ?? 1000).then(() => handler(call));
  }
  const isDone = !fault || !WITHOUT_WORK.includes(fault.kind);
  const done = isDone ? await handler(call) : undefined;
  if (fault?.kind === 'hang' || fault?.kind === 'hang-after') {
    note(null);
    return new Promise(() => undefined);
  }
  const late = fault?.kind === 'late' ? 1000 : 0;
  const isRefused = fault?.code === 'ECONNREFUSED';
  const isOnTheWay = isDelay || fault?.kind === 'cut-late';
  await pass(clock, isRefused ? 0 : back + (isOnTheWay ? 0 : (fault?.milliseconds ?? late)));
  if (fault?.kind.startsWith('cut')) {
    note(null);
    throw new Cut(fault.code ?? 'ECONNRESET');
  }
  const answer = done && fault?.kind !== 'answer-after' ? done : ordered(fault);
  note(answer.status);
  return answer;
}

async function pass(clock: Clock, milliseconds: number): Promise<void> {
  if (milliseconds > 0) {
    await sleep(clock, milliseconds);
  }
}

function ordered({ status = 500, body = '', contentType, headers }: Partial<Fault> = {}): Answer {
  return {
    status,
    headers: { ...headers, 'content-type': contentType ?? 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}
