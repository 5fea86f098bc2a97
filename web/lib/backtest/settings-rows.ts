/** The settings of a run in words, a row each; what stands at its neutral value is left out. */
import type { RunSettings } from '#core/execution/settings.ts';
import { numberText } from '#lib/words/numbers.ts';
import { zoneText } from '#lib/words/zones.ts';
import { plainNumber } from './figures.ts';

export interface SettingsRow {
  readonly name: string;
  readonly value: string;
  /** Hidden where the trader hides amounts. */
  readonly isMoney?: true;
}

const paths: Record<RunSettings['path'], string> = {
  pessimistic: 'the worse way first',
  optimistic: 'the better way first',
  adaptive: 'the nearer extreme first',
  lowerTimeframe: 'along the bars of a lower timeframe',
  ticks: 'along the ticks',
};

const positions: Record<RunSettings['positions'], string> = {
  single: 'one at a time',
  netting: 'netting',
  hedging: 'hedging',
};

const sides: Record<RunSettings['sides'], string> = {
  both: 'both',
  long: 'long only',
  short: 'short only',
};

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];

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
      name: 'Starting money',
      value: [numberText(settings.cash, 2), currency].filter(Boolean).join(' '),
      isMoney: true,
    },
    { name: 'Commission', value: `${percent(commission.rate)} of the value, each side` },
    { name: 'Fee', value: `${plainNumber(commission.fixed)} each side` },
    when(commission.perLot, 'Fee per lot', (fee) => `${plainNumber(fee)} each side`),
    when(commission.minimum, 'Minimum fee', (fee) => `${plainNumber(fee)} each side`),
    { name: 'Spread', value: `${percent(spread.rate)} at entry` },
    when(spread.points, 'Spread, fixed', (points) => `${plainNumber(points)} points`),
    spread.column ? { name: 'Spread, from the prices', value: 'yes' } : null,
    slippageRow(settings),
    ...swapRows(settings),
    { name: 'Leverage', value: `1:${plainNumber(1 / settings.margin, 2)}` },
    { name: 'Stop-out', value: stopOut === null ? 'never' : `margin level ${percent(stopOut)}` },
    {
      name: 'Orders fill at',
      value: settings.fill === 'close' ? 'the signal’s close' : 'the next open',
    },
    { name: 'Inside a bar', value: paths[settings.path] },
    { name: 'Sides', value: sides[settings.sides] },
    { name: 'Positions', value: positions[settings.positions] },
    { name: 'An entry closes what is open', value: yesNo(settings.exclusive) },
    { name: 'Units', value: settings.units === 'whole' ? 'whole' : 'fractions too' },
    when(settings.volume.step, 'Volume step', plainNumber),
    when(settings.volume.min, 'Minimum volume', plainNumber),
    when(settings.volume.max, 'Maximum volume', plainNumber),
    { name: 'Closed at the end', value: yesNo(settings.closeAtEnd) },
    { name: 'Money rounded', value: settings.rounding === 'account' ? 'to cents' : 'no' },
    { name: 'Units in a lot', value: plainNumber(settings.contractSize) },
  ];
  return rows.filter((row) => row !== null);
}

function when(value: number, name: string, text: (value: number) => string): SettingsRow | null {
  return value === 0 ? null : { name, value: text(value) };
}

function slippageRow({ slippage }: RunSettings): SettingsRow {
  const points = `${plainNumber(slippage.points)} points`;
  const words = {
    none: 'none',
    fixed: points,
    random: `up to ${points}, seed ${slippage.seed}`,
    volume: `${points} × the part of the bar’s volume`,
  };
  return { name: 'Slippage', value: words[slippage.kind] };
}

function swapRows({ swap }: RunSettings): readonly SettingsRow[] {
  if (swap.longPerLot === 0 && swap.shortPerLot === 0) return [{ name: 'Swap', value: 'none' }];
  const hour = `${String(swap.rolloverHour).padStart(2, '0')}:00 ${zoneText(swap.zone)}`;
  return [
    {
      name: 'Swap, per lot and night',
      value: `long ${plainNumber(swap.longPerLot)}, short ${plainNumber(swap.shortPerLot)}`,
    },
    { name: 'Night begins', value: `${hour}; three on ${weekdays[swap.tripleWeekday - 1]}` },
  ];
}
