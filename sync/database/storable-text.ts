/** Text from anywhere as Postgres takes it: no zero, no half of a letter, and not too long. */

/** At most `most` characters; what Postgres refuses is shown as a letter that nobody knows. */
export function storableText(text: string, most: number): string {
  return text.slice(0, most).replace(/[\0\p{Cs}]/gu, '\ufffd');
}

/** The same for each text of what an event says. */
export function storableDetail(
  detail: Readonly<Record<string, string | number>>,
  most: number,
): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(detail).map(([name, value]) => [
      name,
      typeof value === 'string' ? storableText(value, most) : value,
    ]),
  );
}
