/** Run settings as the text a trader types, and back, each fault in words at its field. */
import type { RunSettings } from '#core/execution/settings.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { notNumberWords, readNumber } from '../ui/typed-number.ts';
import { say } from '../words/language.ts';

export type NumberField =
  | 'cash'
  | 'leverage'
  | 'commissionPercent'
  | 'commissionFixed'
  | 'commissionPerLot'
  | 'commissionMinimum'
  | 'spreadPercent'
  | 'spreadPoints'
  | 'slippagePoints'
  | 'slippageSeed'
  | 'swapLong'
  | 'swapShort'
  | 'tripleWeekday'
  | 'rolloverHour'
  | 'stopOutPercent'
  | 'contractSize'
  | 'volumeStep'
  | 'volumeMin'
  | 'volumeMax';

type Chosen = Pick<
  RunSettings,
  'fill' | 'path' | 'units' | 'positions' | 'sides' | 'exclusive' | 'closeAtEnd' | 'rounding'
>;

export type SettingsForm = Record<NumberField, string> & {
  -readonly [K in keyof Chosen]: Chosen[K];
} & {
  spreadColumn: boolean;
  slippage: RunSettings['slippage']['kind'];
  rolloverZone: string;
};

export type FieldFaults = Partial<Record<NumberField, string>>;

interface Range {
  readonly above?: number;
  readonly from?: number;
  readonly to?: number;
  readonly whole?: true;
  /** May stay empty, which means none. */
  readonly optional?: true;
  readonly words: string;
}

const fee = { from: 0, to: 1e9, words: say`A fee is 0 or more; a rebate cannot be tested.` };
const points = { from: 0, to: 1e6, words: say`Points are 0 or more.` };
const swap = { from: -1e9, to: 1e9, words: say`Money per lot and night; a cost has a minus.` };
const volume = { from: 0, to: 1e12, words: say`Units are 0 or more; 0 means no limit.` };

const ranges: Record<NumberField, Range> = {
  cash: { above: 0, to: 1e12, words: say`Starting money is more than 0.` },
  leverage: { from: 1, to: 1000, words: say`Leverage is between 1 and 1000.` },
  commissionPercent: { from: 0, to: 50, words: say`Commission is between 0 and 50 %.` },
  commissionFixed: fee,
  commissionPerLot: fee,
  commissionMinimum: fee,
  spreadPercent: { from: 0, to: 50, words: say`The spread is between 0 and 50 %.` },
  spreadPoints: points,
  slippagePoints: points,
  slippageSeed: {
    from: 0,
    to: 2 ** 32 - 1,
    whole: true,
    words: say`A seed is a whole number, 0 or more.`,
  },
  swapLong: swap,
  swapShort: swap,
  tripleWeekday: { from: 1, to: 5, whole: true, words: say`Monday to Friday.` },
  rolloverHour: { from: 0, to: 23, whole: true, words: say`A whole hour from 0 to 23.` },
  stopOutPercent: {
    above: 0,
    to: 1000,
    optional: true,
    words: say`A margin level is more than 0 %, at most 1000 %; empty means never.`,
  },
  contractSize: { above: 0, to: 1e9, words: say`A lot holds more than 0 units.` },
  volumeStep: volume,
  volumeMin: volume,
  volumeMax: volume,
};

export const numberFields = Object.keys(ranges) as readonly NumberField[];

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

const percentText = (rate: number) => plainText(shift(rate, 2));

/** 1 ÷ leverage; a short decimal such as 0.03 comes back whole from its leverage of 33.33…. */
function marginFrom(leverage: number): number {
  const margin = 1 / leverage;
  const short = Number(margin.toPrecision(6));
  return Math.abs(short - margin) < margin * 1e-9 ? short : margin;
}

export function toForm(settings: RunSettings): SettingsForm {
  const { commission, spread, slippage, swap, stopOut, volume } = settings;
  const { fill, path, units, positions, sides, exclusive, closeAtEnd, rounding } = settings;
  return {
    cash: plainText(settings.cash),
    leverage: plainText(Number((1 / settings.margin).toPrecision(12))),
    commissionPercent: percentText(commission.rate),
    commissionFixed: plainText(commission.fixed),
    commissionPerLot: plainText(commission.perLot),
    commissionMinimum: plainText(commission.minimum),
    spreadPercent: percentText(spread.rate),
    spreadPoints: plainText(spread.points),
    spreadColumn: spread.column,
    slippage: slippage.kind,
    slippagePoints: plainText(slippage.points),
    slippageSeed: plainText(slippage.seed),
    swapLong: plainText(swap.longPerLot),
    swapShort: plainText(swap.shortPerLot),
    tripleWeekday: String(swap.tripleWeekday),
    rolloverHour: String(swap.rolloverHour),
    rolloverZone: swap.zone,
    stopOutPercent: stopOut === null ? '' : percentText(stopOut),
    contractSize: plainText(settings.contractSize),
    volumeStep: plainText(volume.step),
    volumeMin: plainText(volume.min),
    volumeMax: plainText(volume.max),
    ...{ fill, path, units, positions, sides, exclusive, closeAtEnd, rounding },
  };
}

function fault(field: NumberField, text: string): string | null {
  const { above = -Infinity, from = -Infinity, to = Infinity, words, ...range } = ranges[field];
  if (range.optional && text.trim() === '') return null;
  const value = readNumber(text);
  if (value === null) return notNumberWords(text);
  const fits = value > above && value >= from && value <= to;
  return fits && (!range.whole || Number.isInteger(value)) ? null : words;
}

/** The settings the form states, or what is wrong at each field. */
export function fromForm(form: SettingsForm): Result<RunSettings, FieldFaults> {
  const faults: FieldFaults = {};
  for (const field of numberFields) {
    const words = fault(field, form[field]);
    if (words !== null) faults[field] = words;
  }
  const number = (field: NumberField) => readNumber(form[field])!;
  const [step, min, max] = [number('volumeStep'), number('volumeMin'), number('volumeMax')];
  if (!faults.volumeMax && max > 0 && max < Math.max(step, min)) {
    faults.volumeMax = say`The maximum is less than the minimum; 0 means no limit.`;
  }
  if (Object.keys(faults).length > 0) return fail(faults);
  const { fill, path, units, positions, sides, exclusive, closeAtEnd, rounding } = form;
  return ok({
    cash: number('cash'),
    commission: {
      fixed: number('commissionFixed'),
      rate: shift(number('commissionPercent'), -2),
      perLot: number('commissionPerLot'),
      minimum: number('commissionMinimum'),
    },
    spread: {
      rate: shift(number('spreadPercent'), -2),
      points: number('spreadPoints'),
      column: form.spreadColumn,
    },
    slippage: {
      kind: form.slippage,
      points: number('slippagePoints'),
      seed: number('slippageSeed'),
    },
    swap: {
      longPerLot: number('swapLong'),
      shortPerLot: number('swapShort'),
      tripleWeekday: number('tripleWeekday'),
      rolloverHour: number('rolloverHour'),
      zone: form.rolloverZone,
    },
    margin: marginFrom(number('leverage')),
    stopOut: form.stopOutPercent.trim() === '' ? null : shift(number('stopOutPercent'), -2),
    volume: { step, min, max },
    contractSize: number('contractSize'),
    ...{ fill, path, units, positions, sides, exclusive, closeAtEnd, rounding },
  });
}
