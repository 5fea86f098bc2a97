/** A stretch of a list, and what is chosen of one. */

/** From the one to the other, both within, whichever stands first; where one is not there, `until` alone. */
export function between(order: readonly string[], from: string, until: string): readonly string[] {
  const [a, b] = [order.indexOf(from), order.indexOf(until)];
  return a < 0 || b < 0 ? [until] : order.slice(Math.min(a, b), Math.max(a, b) + 1);
}

/** The chosen ones with these among them, or without; made anew. */
export function withChoice(
  chosen: Iterable<string>,
  these: readonly string[],
  isChosen: boolean,
): ReadonlySet<string> {
  const ids = new Set(chosen);
  for (const each of these) {
    if (isChosen) ids.add(each);
    else ids.delete(each);
  }
  return ids;
}
