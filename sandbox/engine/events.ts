import type { Engine } from 'bpmn-engine';

/** Something that happened in a run: the engine's event name and the element that it happened to. */
export interface FlowEvent {
  readonly name: string;
  readonly id: string;
  readonly type: string;
  /** What the element says of a milestone: its input or output `state`. */
  readonly milestone?: unknown;
}

interface EventContent {
  readonly id?: string;
  readonly type?: string;
  readonly input?: { readonly state?: unknown };
  readonly output?: { readonly state?: unknown };
}

/** Tells what happens in a run, while it happens. */
export function watch(engine: Engine, onEvent: (event: FlowEvent) => void): void {
  engine.broker.subscribeTmp(
    'event',
    '#',
    (name: string, message: { content?: EventContent }) => {
      const { id, type, input, output } = message.content ?? {};
      const milestone = { 'activity.start': input, 'activity.end': output }[name]?.state;
      if (id && type) {
        onEvent({ name, id, type, ...(milestone !== undefined && { milestone }) });
      }
    },
    { noAck: true },
  );
}
