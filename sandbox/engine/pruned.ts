import { OnifySequenceFlow, OnifyTimerEventDefinition } from '@onify/flow-extensions';
import { type ElementClasses, hubElements } from './flow.js';

interface FlowInternals {
  broker: { publish(exchange: string, key: string, content: unknown, properties: unknown): void };
  createMessage(content: Record<string, unknown>): unknown;
}

/**
 * A sequence flow that ends a discard where it begins. The engine tells every element behind a way that was not
 * taken that it was not taken, over and over where ways lead back; only joins listen to that, and a flow without
 * parallel or inclusive gateways has none. Such a flow does the same without it, several times as fast.
 */
class PrunedSequenceFlow extends OnifySequenceFlow {
  discard(content: Record<string, unknown> = {}): void {
    const { broker, createMessage } = this as unknown as FlowInternals;
    const message = createMessage.call(this, { action: 'looped', ...content });
    broker.publish('event', 'flow.looped', message, { type: 'looped' });
  }
}

/**
 * A timer whose schedule has just come due: the run begins where a Hub starts the flow, and does not depend on the
 * time of day. A duration waits as ever.
 */
class DueTimer extends (OnifyTimerEventDefinition as unknown as new (
  ...given: unknown[]
) => { parse(timerType: string, value: string): unknown }) {
  override parse(timerType: string, value: string): unknown {
    return timerType === 'timeCycle'
      ? { expireAt: new Date(), delay: 0 }
      : super.parse(timerType, value);
  }
}

/** Element classes for flows that are fired when they are due, and tell every element what became of it. */
export const dueElements: ElementClasses = { ...hubElements, TimerEventDefinition: DueTimer };

/** Element classes for many runs in a row; only for flows without parallel and inclusive gateways. */
export const prunedElements: ElementClasses = {
  ...hubElements,
  SequenceFlow: PrunedSequenceFlow,
  TimerEventDefinition: DueTimer,
};

/** A timer that does not make anyone wait for the minute or the hour that a schedule has set: long waits pass at once. */
class HastyTimer extends DueTimer {
  declare activity: { readonly type: string };

  override parse(timerType: string, value: string): unknown {
    const parsed = super.parse(timerType, value) as { delay?: number };
    const isWait = this.activity.type === 'bpmn:IntermediateCatchEvent';
    return isWait && (parsed.delay ?? 0) >= LONG_WAIT ? { expireAt: new Date(), delay: 0 } : parsed;
  }
}

const LONG_WAIT = 60_000;

/** As `prunedElements`, for a schedule that is fired by hand on the real clock. */
export const firedElements: ElementClasses = {
  ...prunedElements,
  TimerEventDefinition: HastyTimer,
};
