import type { Blueprint } from '../blueprint.js';
import type { Flow } from './model.js';

/** @returns the same, worked out once for each flow, as several rules ask for it; none may change what it gets */
export function oncePerFlow<Fact extends object>(
  workOut: (flow: Flow, blueprint: Blueprint) => Fact,
): (flow: Flow, blueprint: Blueprint) => Fact {
  const known = new WeakMap<Flow, Fact>();
  return (flow, blueprint) => {
    const fact = known.get(flow) ?? workOut(flow, blueprint);
    known.set(flow, fact);
    return fact;
  };
}
