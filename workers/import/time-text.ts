/** Times as files write them: read once by pattern, then by the positions of their digits. */
import type { DateOrder } from './layout.ts';

export interface TimeReading {
  /** The wall clock's reading as if it were UTC; or UTC itself when `offsetMs` is not null. */
  readonly ms: number;
  /** The offset that the text states; null when it states none. */
  readonly offsetMs: number | null;
  readonly hasDate: boolean;
  readonly hasTime: boolean;
}

/** Where the digits stand in a time of fixed width; -1 = that part is not there. */
export interface TimeTemplate {
  readonly length: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** Positions and bytes of everything that is not one of those digits. */
  readonly literalAt: readonly number[];
  readonly literalByte: readonly number[];
  /** Stated by the literals, subtracted from the reading; null when they state none. */
  readonly offsetMs: number | null;
  /** Milliseconds per unit when the text is one whole number since 1970; else 0. */
  readonly epochUnitMs: number;
}

const clock =
  '(?<hour>\\d{1,2}):?(?<minute>\\d{2})(?::?(?<second>\\d{2})(?:[.,]?(?<fraction>\\d{1,9}))?)?' +
  '(?: ?(?<half>[AP]M))?(?: ?(?<zone>Z|(?:UTC|GMT)?(?:[+-]\\d{2}:?\\d{2})|UTC|GMT))?';
const between = '(?:[ T]|, )';
const yearFirst = '(?<year>\\d{4})([-./]?)(?<month>\\d{1,2})\\2(?<day>\\d{1,2})';
const dayFirst = '(?<day>\\d{1,2})([-./])(?<month>\\d{1,2})\\2(?<year>\\d{4})';
const monthFirst = '(?<month>\\d{1,2})([-./])(?<day>\\d{1,2})\\2(?<year>\\d{4})';
const pattern = (date: string) => new RegExp(`^${date}(?:${between}${clock})?$`, 'di');
const datePatterns: Readonly<Record<DateOrder, readonly RegExp[]>> = {
  ymd: [pattern(yearFirst)],
  dmy: [pattern(dayFirst), pattern(yearFirst)],
  mdy: [pattern(monthFirst), pattern(yearFirst)],
};
const timeOfDay = new RegExp(`^${clock}$`, 'di');
/** 1973 to 2199 in seconds or milliseconds; shorter numbers are prices or dates. */
const epoch = /^\d{9,10}(?:\d{3})?$/;

/** What `text` says; null when it is no time. Eight digits are a date, nine or more an epoch. */
export function readTimeText(text: string, order: DateOrder): TimeReading | null {
  if (epoch.test(text)) {
    const ms = Number(text) * epochUnitMs(text);
    return { ms, offsetMs: 0, hasDate: true, hasTime: true };
  }
  const match = matchTime(text, order);
  if (!match) return null;
  const part = match.groups!;
  const dayMs =
    part['year'] === undefined ? 0 : dateMs(+part['year'], +part['month']!, +part['day']!);
  const clockMs = part['hour'] === undefined ? 0 : clockOf(part);
  const offsetMs = offsetOf(part['zone']);
  const ms = dayMs + clockMs - (offsetMs ?? 0);
  if (Number.isNaN(ms)) return null;
  const hasDate = part['year'] !== undefined;
  return { ms, offsetMs, hasDate, hasTime: part['hour'] !== undefined };
}

function matchTime(text: string, order: DateOrder): RegExpExecArray | null {
  for (const candidate of datePatterns[order]) {
    const match = candidate.exec(text);
    // Without separators only eight digits are a date.
    if (
      match &&
      (match[2] !== '' || match.groups!['day']!.length + match.groups!['month']!.length === 4)
    ) {
      return match;
    }
  }
  return timeOfDay.exec(text);
}

function epochUnitMs(text: string): number {
  return text.length > 10 ? 1 : 1000;
}

function clockOf(part: Record<string, string | undefined>): number {
  let hour = Number(part['hour']);
  const half = part['half']?.toLowerCase();
  if (half !== undefined && (hour < 1 || hour > 12)) return NaN;
  if (half !== undefined) hour = (hour % 12) + (half === 'pm' ? 12 : 0);
  const fraction = Number((part['fraction'] ?? '').padEnd(3, '0').slice(0, 3));
  return clockMs(hour, Number(part['minute']), Number(part['second'] ?? 0), fraction);
}

function clockMs(hour: number, minute: number, second: number, millisecond: number): number {
  if (hour > 23 || minute > 59 || second > 59) return NaN;
  return ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
}

function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined) return null;
  const match = /([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (!match) return 0;
  const sign = match[1] === '-' ? -1 : 1;
  return sign * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}

const FIRST_YEAR = 1700;
const LAST_YEAR = 2199;

/** UTC midnight of a date; NaN when there is no such day, or no market had it. */
export function dateMs(year: number, month: number, day: number): number {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return NaN;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const most =
    month === 2
      ? leap
        ? 29
        : 28
      : month === 4 || month === 6 || month === 9 || month === 11
        ? 30
        : 31;
  return day > most ? NaN : Date.UTC(year, month - 1, day);
}

/** One literal, so that all templates have one shape and code compiled for it stays compiled. */
export function makeTemplate(from: TimeTemplate): TimeTemplate {
  return {
    length: from.length,
    year: from.year,
    month: from.month,
    day: from.day,
    hour: from.hour,
    minute: from.minute,
    second: from.second,
    millisecond: from.millisecond,
    literalAt: from.literalAt,
    literalByte: from.literalByte,
    offsetMs: from.offsetMs,
    epochUnitMs: from.epochUnitMs,
  };
}

/** The positions of the digits in `text`; null when they cannot be read by position. */
export function templateOf(text: string, order: DateOrder): TimeTemplate | null {
  const none = { year: -1, month: -1, day: -1, hour: -1, minute: -1, second: -1, millisecond: -1 };
  if (epoch.test(text)) {
    const rest = { literalAt: [], literalByte: [], offsetMs: 0, epochUnitMs: epochUnitMs(text) };
    return makeTemplate({ ...none, ...rest, length: text.length });
  }
  const match = matchTime(text, order);
  if (!match || match.groups!['half'] !== undefined) return null;
  const fractionText = match.groups!['fraction'];
  if (fractionText !== undefined && fractionText.length !== 3) return null;
  const at = { ...none };
  const used = new Set<number>();
  for (const name of Object.keys(none) as (keyof typeof none)[]) {
    const span = match.indices!.groups![name === 'millisecond' ? 'fraction' : name];
    if (!span) continue;
    const width = name === 'year' ? 4 : name === 'millisecond' ? 3 : 2;
    if (span[1] - span[0] !== width) return null;
    at[name] = span[0];
    for (let i = span[0]; i < span[1]; i++) used.add(i);
  }
  const literalAt = Array.from(text, (_, i) => i).filter((i) => !used.has(i));
  return makeTemplate({
    ...at,
    length: text.length,
    literalAt,
    literalByte: literalAt.map((i) => text.charCodeAt(i)),
    offsetMs: offsetOf(match.groups!['zone']),
    epochUnitMs: 0,
  });
}

/** The reading of `template.length` bytes at `p`, in milliseconds; NaN when they do not fit it. */
export function readByTemplate(bytes: Uint8Array, p: number, template: TimeTemplate): number {
  const { literalAt, literalByte } = template;
  for (let i = 0; i < literalAt.length; i++) {
    if (bytes[p + literalAt[i]!] !== literalByte[i]) return NaN;
  }
  if (template.epochUnitMs > 0) return readEpoch(bytes, p, template);
  let ms = -(template.offsetMs ?? 0);
  if (template.year >= 0) {
    const century = twoDigits(bytes, p + template.year);
    const year = century * 100 + twoDigits(bytes, p + template.year + 2);
    ms += dateMs(year, twoDigits(bytes, p + template.month), twoDigits(bytes, p + template.day));
  }
  if (template.hour >= 0) {
    const second = template.second < 0 ? 0 : twoDigits(bytes, p + template.second);
    ms += clockMs(
      twoDigits(bytes, p + template.hour),
      twoDigits(bytes, p + template.minute),
      second,
      template.millisecond < 0
        ? 0
        : twoDigits(bytes, p + template.millisecond) * 10 +
            digit(bytes[p + template.millisecond + 2]!),
    );
  }
  return ms;
}

function readEpoch(bytes: Uint8Array, p: number, template: TimeTemplate): number {
  let value = 0;
  for (let i = p; i < p + template.length; i++) value = value * 10 + digit(bytes[i]!);
  return value * template.epochUnitMs;
}

function digit(byte: number): number {
  return byte >= 48 && byte <= 57 ? byte - 48 : NaN;
}

function twoDigits(bytes: Uint8Array, p: number): number {
  return digit(bytes[p]!) * 10 + digit(bytes[p + 1]!);
}
