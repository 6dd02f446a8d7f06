/** @returns whether one of the places, which are sorted, lies between two others; the last one not included */
export function hasBetween(places: readonly number[], from: number, to: number): boolean {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < from) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const first = places[low];
  return first !== undefined && first < to;
}
