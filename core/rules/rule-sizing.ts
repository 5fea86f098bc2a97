/** What the text of rules says of the size of an entry, read without compiling it. */

/** The stop bounds the loss, so that leverage only adds room. */
export function sizesByRisk(source: string): boolean {
  return /^\s*size\s+risk\b/im.test(source);
}

/** A part of equity, also where nothing is said: leverage multiplies such a size. */
export function sizesByEquity(source: string): boolean {
  return !sizesByRisk(source) && !/^\s*size\b[^#\n]*\b(lots?|units?)\b/im.test(source);
}
