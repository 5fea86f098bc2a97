/** Run settings as the text a trader types, and back, each fault in words at its field. */
import { defaultSettings, type RunSettings } from '#core/execution/settings.ts';
import { fail, ok, type Result } from '#core/result.ts';

export interface SettingsForm {
  cash: string;
  commissionFixed: string;
  /** Percent of the traded value, a side. */
  commissionPercent: string;
  /** Percent of the open. */
  spreadPercent: string;
  /** 30 for 1:30. */
  leverage: string;
  contractSize: string;
  fill: RunSettings['fill'];
  units: RunSettings['units'];
  rounding: RunSettings['rounding'];
  exclusive: boolean;
  closeAtEnd: boolean;
}

export type NumberField =
  'cash' | 'commissionFixed' | 'commissionPercent' | 'spreadPercent' | 'leverage' | 'contractSize';

export type FieldFaults = Partial<Record<NumberField, string>>;

interface Range {
  readonly above?: number;
  readonly from?: number;
  readonly to?: number;
  readonly words: string;
}

const ranges: Record<NumberField, Range> = {
  cash: { above: 0, to: 1e12, words: 'Starting money is more than 0.' },
  commissionFixed: { from: 0, to: 1e9, words: 'A fee is 0 or more; a rebate cannot be tested.' },
  commissionPercent: { from: 0, to: 50, words: 'Commission is between 0 and 50 %.' },
  spreadPercent: { from: 0, to: 50, words: 'The spread is between 0 and 50 %.' },
  leverage: { from: 1, to: 1000, words: 'Leverage is between 1 and 1000.' },
  contractSize: { above: 0, to: 1e9, words: 'A lot holds more than 0 units.' },
};

export const numberFields = Object.keys(ranges) as readonly NumberField[];

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

/** `value` × 10^`places`, exact in decimal, so that 0.07 % is the rate 0.0007 and no other. */
function shift(value: number, places: number): number {
  const [mantissa, exponent = '0'] = String(value).split('e');
  return Number(`${mantissa}e${Number(exponent) + places}`);
}

/** Plain digits: nobody types 1e-7. */
function plainText(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(12).replace(/\.?0+$/, '') : text;
}

/** 1 ÷ leverage; a short decimal such as 0.03 comes back whole from its leverage of 33.33…. */
function marginFrom(leverage: number): number {
  const margin = 1 / leverage;
  const short = Number(margin.toPrecision(6));
  return Math.abs(short - margin) < margin * 1e-9 ? short : margin;
}

export function toForm(settings: RunSettings): SettingsForm {
  return {
    cash: plainText(settings.cash),
    commissionFixed: plainText(settings.commission.fixed),
    commissionPercent: plainText(shift(settings.commission.rate, 2)),
    spreadPercent: plainText(shift(settings.spread.rate, 2)),
    leverage: plainText(Number((1 / settings.margin).toPrecision(12))),
    contractSize: plainText(settings.contractSize),
    fill: settings.fill,
    units: settings.units,
    rounding: settings.rounding,
    exclusive: settings.exclusive,
    closeAtEnd: settings.closeAtEnd,
  };
}

function fault(field: NumberField, text: string): string | null {
  const value = readNumber(text);
  if (value === null) return notNumberWords(text);
  const { above = -Infinity, from = -Infinity, to = Infinity, words } = ranges[field];
  return value > above && value >= from && value <= to ? null : words;
}

/** The settings the form states, or what is wrong at each field. */
export function fromForm(form: SettingsForm): Result<RunSettings, FieldFaults> {
  const faults: FieldFaults = {};
  for (const field of numberFields) {
    const words = fault(field, form[field]);
    if (words !== null) faults[field] = words;
  }
  if (Object.keys(faults).length > 0) return fail(faults);
  const number = (field: NumberField) => readNumber(form[field])!;
  return ok({
    ...defaultSettings,
    cash: number('cash'),
    commission: {
      ...defaultSettings.commission,
      fixed: number('commissionFixed'),
      rate: shift(number('commissionPercent'), -2),
    },
    spread: { ...defaultSettings.spread, rate: shift(number('spreadPercent'), -2) },
    margin: marginFrom(number('leverage')),
    fill: form.fill,
    units: form.units,
    exclusive: form.exclusive,
    closeAtEnd: form.closeAtEnd,
    rounding: form.rounding,
    contractSize: number('contractSize'),
  });
}
