/** What a mail says, before it is text or HTML: one description, so that both say the same. */

export interface Letter {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** Particulars in two columns, such as when and from where. */
  readonly facts?: readonly (readonly [name: string, value: string])[];
  /** The one thing to click, shown as a button and as an address to copy. */
  readonly action?: { readonly label: string; readonly link: string };
  /** Why the mail was sent. */
  readonly why: string;
  /** What to do for whoever did not cause it. */
  readonly otherwise: string;
}

/**
 * What a stranger chose, such as a device's or a key's name, fit to stand in a mail of ours.
 *
 * One line of at most eighty characters, in which no mail program finds a link: else anybody
 * could have us mail his own words and address to others.
 */
export function quoted(value: string): string {
  const line = singleLine(value)
    .replace(/[:/\\]{2,}|@/g, ' ')
    .replace(/\.(?=[\p{L}])/gu, ' ')
    .trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line || 'unknown';
}

/** The value without line ends and without characters that hide or turn round what follows. */
export function singleLine(value: string): string {
  return value.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}

/** `26 Nov 2026, 14:30 UTC`. */
export function moment(atMs: number): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return `${format.format(atMs)} UTC`;
}
