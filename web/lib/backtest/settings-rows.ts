/** The settings of a run in words, a row each; what stands at its neutral value is left out. */
import type { RunSettings } from '#core/execution/settings.ts';
import { numberText } from '#lib/words/numbers.ts';
import { zoneText } from '#lib/words/zones.ts';
import { plainNumber } from './figures.ts';
import { say } from '../words/language.ts';

export interface SettingsRow {
  readonly name: string;
  readonly value: string;
  /** Hidden where the trader hides amounts. */
  readonly isMoney?: true;
}

const paths: Record<RunSettings['path'], string> = {
  pessimistic: say`the worse way first`,
  optimistic: say`the better way first`,
  adaptive: say`the nearer extreme first`,
  lowerTimeframe: say`along the bars of a lower timeframe`,
  ticks: say`along the ticks`,
};

const positions: Record<RunSettings['positions'], string> = {
  single: say`one at a time`,
  netting: 'netting',
  hedging: 'hedging',
};

const sides: Record<RunSettings['sides'], string> = {
  both: 'both',
  long: say`long only`,
  short: say`short only`,
};

const weekdays = [say`Monday`, say`Tuesday`, say`Wednesday`, say`Thursday`, say`Friday`];

const percent = (rate: number) => `${plainNumber(rate * 100, 6)} %`;
const yesNo = (holds: boolean) => (holds ? 'yes' : 'no');

/** `currency` of the money, null where unknown. */
export function settingsRows(
  settings: RunSettings,
  currency: string | null,
): readonly SettingsRow[] {
  const { commission, spread, stopOut } = settings;
  const rows: readonly (SettingsRow | null)[] = [
    {
      name: say`Starting money`,
      value: [numberText(settings.cash, 2), currency].filter(Boolean).join(' '),
      isMoney: true,
    },
    { name: 'Commission', value: say`${percent(commission.rate)} of the value, each side` },
    { name: 'Fee', value: say`${plainNumber(commission.fixed)} each side` },
    when(commission.perLot, say`Fee per lot`, (fee) => say`${plainNumber(fee)} each side`),
    when(commission.minimum, say`Minimum fee`, (fee) => say`${plainNumber(fee)} each side`),
    { name: 'Spread', value: say`${percent(spread.rate)} at entry` },
    when(spread.points, say`Spread, fixed`, (points) => say`${plainNumber(points)} points`),
    spread.column ? { name: say`Spread, from the prices`, value: 'yes' } : null,
    slippageRow(settings),
    ...swapRows(settings),
    { name: 'Leverage', value: `1:${plainNumber(1 / settings.margin, 2)}` },
    { name: 'Stop-out', value: stopOut === null ? 'never' : say`margin level ${percent(stopOut)}` },
    {
      name: say`Orders fill at`,
      value: settings.fill === 'close' ? say`the signal’s close` : say`the next open`,
    },
    { name: say`Inside a bar`, value: paths[settings.path] },
    { name: 'Sides', value: sides[settings.sides] },
    { name: 'Positions', value: positions[settings.positions] },
    { name: say`An entry closes what is open`, value: yesNo(settings.exclusive) },
    { name: 'Units', value: settings.units === 'whole' ? 'whole' : say`fractions too` },
    when(settings.volume.step, say`Volume step`, plainNumber),
    when(settings.volume.min, say`Minimum volume`, plainNumber),
    when(settings.volume.max, say`Maximum volume`, plainNumber),
    { name: say`Closed at the end`, value: yesNo(settings.closeAtEnd) },
    { name: say`Money rounded`, value: settings.rounding === 'account' ? say`to cents` : 'no' },
    { name: say`Units in a lot`, value: plainNumber(settings.contractSize) },
  ];
  return rows.filter((row) => row !== null);
}

function when(value: number, name: string, text: (value: number) => string): SettingsRow | null {
  return value === 0 ? null : { name, value: text(value) };
}

function slippageRow({ slippage }: RunSettings): SettingsRow {
  const points = say`${plainNumber(slippage.points)} points`;
  const words = {
    none: say`none`,
    fixed: points,
    random: say`up to ${points}, seed ${slippage.seed}`,
    volume: say`${points} × the part of the bar’s volume`,
  };
  return { name: 'Slippage', value: words[slippage.kind] };
}

function swapRows({ swap }: RunSettings): readonly SettingsRow[] {
  if (swap.longPerLot === 0 && swap.shortPerLot === 0) return [{ name: 'Swap', value: 'none' }];
  const hour = `${String(swap.rolloverHour).padStart(2, '0')}:00 ${zoneText(swap.zone)}`;
  return [
    {
      name: say`Swap, per lot and night`,
      value: say`long ${plainNumber(swap.longPerLot)}, short ${plainNumber(swap.shortPerLot)}`,
    },
    { name: say`Night begins`, value: say`${hour}; three on ${weekdays[swap.tripleWeekday - 1]}` },
  ];
}
