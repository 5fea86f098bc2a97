/** The bars of a chart as rows of a table, the newest first. */
import type { Bars } from '#core/market/bars.ts';
import type { Column } from '../ui/table.ts';
import { numberText, priceText } from '../words/numbers.ts';
import { timeText, zoneLabel, type TimeDisplay } from '../words/times.ts';
import { say } from '../words/language.ts';

export interface BarRow {
  readonly ms: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number | null;
}

export function barRow(bars: Bars, at: number): BarRow {
  const { bid, scale, volume } = bars;
  return {
    ms: bars.timesMs[at]!,
    open: bid.open[at]! / scale,
    high: bid.high[at]! / scale,
    low: bid.low[at]! / scale,
    close: bid.close[at]! / scale,
    volume: volume ? volume[at]! : null,
  };
}

export function barRows(bars: Bars): readonly BarRow[] {
  return Array.from({ length: bars.length }, (_, i) => barRow(bars, bars.length - 1 - i));
}

export interface BarColumnOptions {
  readonly digits: number;
  readonly times: TimeDisplay;
  readonly intraday: boolean;
  readonly hasVolume: boolean;
}

export function barColumns(options: BarColumnOptions): readonly Column<BarRow>[] {
  const { digits, intraday, hasVolume } = options;
  const times = intraday ? options.times : 'utc';
  const price = (id: 'open' | 'high' | 'low' | 'close', label: string): Column<BarRow> => ({
    id,
    label,
    number: true,
    value: (row) => row[id],
    text: (row) => priceText(row[id], digits),
  });
  const volume: Column<BarRow> = {
    id: 'volume',
    label: say`Volume`,
    number: true,
    minor: true,
    value: (row) => row.volume,
    text: (row) => numberText(row.volume, 0),
  };
  return [
    {
      id: 'time',
      label: say`Time`,
      unit: zoneLabel(times),
      value: (row) => row.ms,
      text: (row) => timeText(row.ms, times, { dateOnly: !intraday }),
    },
    price('open', say`Open`),
    price('high', say`High`),
    price('low', say`Low`),
    price('close', say`Close`),
    ...(hasVolume ? [volume] : []),
  ];
}
