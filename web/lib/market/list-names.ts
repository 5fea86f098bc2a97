/** The names of the watchlists there are, each once. */

/** `first` always, then the others as people order words. */
export function listNames(
  first: string,
  ...others: readonly (readonly string[])[]
): readonly string[] {
  const names = new Set(others.flat());
  names.delete(first);
  return [first, ...[...names].toSorted((a, b) => a.localeCompare(b))];
}
