/** A number as people type it, and what to say when it is none. */
import { say } from '../words/language.ts';

export interface NumberKind {
  /** How many decimals such a number may have; with three or more `150.000` is one, not thousands. */
  readonly decimals?: number;
}

/**
 * The number in `text`, else null. Thousands may be parted, and a comma may be the decimal point:
 * `10 000`, `1,000,000`, `9,500.25`, `9.500,25` and `0,07` are numbers.
 *
 * `10,000`, `10.000` and, of what has fewer decimals, `1.250` are null: ten thousand to one reader,
 * ten to another. So is whatever only
 * programs write, such as `0x10`, `1e3` and `Infinity`.
 */
export function readNumber(text: string, kind: NumberKind = {}): number | null {
  const plain = unspaced(text);
  if (plain === null || isTwoNumbers(plain, kind)) return null;
  const point = ungrouped(plain).replace(',', '.');
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(point)) return null;
  const number = Number(point);
  return Number.isFinite(number) ? number : null;
}

/** What to tell a person whose `text` is no number. */
export function notNumberWords(text: string, kind: NumberKind = {}): string {
  if (text.trim() === '') return say`Write a number.`;
  const plain = unspaced(text);
  if (plain === null || !isTwoNumbers(plain, kind)) return say`“${text.trim()}” is not a number.`;
  const [whole, thousand] = plain.split(/[.,]/) as [string, string];
  const small = String(Number(`${whole}.${thousand}`));
  // With one zero more it is read as what it is.
  const plainSmall = /\.\d{3}$/.test(small) ? `${small}0` : small;
  return say`“${text.trim()}” can mean ${whole}${thousand} or ${plainSmall}: write the one you mean.`;
}

/** As a field shows a number: no thousands parted, no exponent. */
export function plainText(number: number): string {
  const text = String(number);
  if (!text.includes('e')) return text;
  return number.toLocaleString('en', { useGrouping: false, maximumSignificantDigits: 17 });
}

/** How many decimals a step has: 5 of 0.00001. */
export function decimalsOf(step: number): number {
  for (let decimals = 0; decimals < 12; decimals++) {
    if (Number(step.toFixed(decimals)) === step) return decimals;
  }
  return 12;
}

const space = String.raw`[ \u00a0\u202f\u2009'’_]`;
const spacedGroups = new RegExp(String.raw`^[-+]?\d{1,3}(${space}\d{3})+([.,]\d*)?$`);

/** Without the spaces that part thousands; null where a space stands elsewhere. */
function unspaced(text: string): string | null {
  const plain = text.trim().replace('−', '-');
  if (!new RegExp(space).test(plain)) return plain;
  return spacedGroups.test(plain) ? plain.replace(new RegExp(space, 'g'), '') : null;
}

/** Without commas or points that can only part thousands. */
function ungrouped(plain: string): string {
  if (/^[-+]?\d{1,3}((,\d{3})+\.\d*|(,\d{3}){2,})$/.test(plain)) return plain.replaceAll(',', '');
  if (/^[-+]?\d{1,3}((\.\d{3})+,\d*|(\.\d{3}){2,})$/.test(plain)) return plain.replaceAll('.', '');
  return plain;
}

/** A comma before three digits, or a point where none has three decimals: thousands as well. */
function isTwoNumbers(plain: string, { decimals }: NumberKind): boolean {
  if (/^[-+]?[1-9]\d*,\d{3}$/.test(plain)) return true;
  if (decimals === undefined) return /^[-+]?[1-9]\d*\.000$/.test(plain);
  return decimals < 3 && /^[-+]?([1-9]\d*\.000|[1-9]\d{0,2}\.\d{3})$/.test(plain);
}
