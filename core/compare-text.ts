/** As people order words, and numbers within them by size. */
export function compareText(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
