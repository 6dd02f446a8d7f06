/** @returns things by their keys, each list in the order given */
export function groups<T>(things: Iterable<T>, keyOf: (thing: T) => string): Map<string, T[]> {
  const byKey = new Map<string, T[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const alike = byKey.get(key);
    if (alike) {
      alike.push(thing);
    } else {
      byKey.set(key, [thing]);
    }
  }
  return byKey;
}
