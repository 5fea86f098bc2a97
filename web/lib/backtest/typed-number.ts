/** A number as people type it, and what to say when it is none. */

/**
 * The number in `text`, a decimal comma and spaces between thousands allowed, else null.
 *
 * `10,000` and `10.000` are null too: ten thousand to one reader, ten to another.
 */
export function readNumber(text: string): number | null {
  const plain = withoutSpaces(text);
  if (isTwoNumbers(plain)) return null;
  const point = plain.replace(',', '.');
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(point) ? Number(point) : null;
}

/** What to tell a person whose `text` is no number. */
export function notNumberWords(text: string): string {
  const plain = withoutSpaces(text);
  if (plain === '') return 'Write a number.';
  if (!isTwoNumbers(plain)) return `“${text}” is not a number.`;
  const [whole, thousand] = plain.split(/[.,]/) as [string, string];
  return `“${text}” can mean ${whole}${thousand} or ${Number(`${whole}.${thousand}`)}: write the one you mean.`;
}

function withoutSpaces(text: string): string {
  return text.trim().replace(/[\s\u00a0\u202f_']/g, '');
}

/** A comma before three digits, or a point before three zeros: thousands as well as decimals. */
function isTwoNumbers(plain: string): boolean {
  return /^[-+]?[1-9]\d*(,\d{3}|\.000)$/.test(plain);
}
