/** The columns of the list of price series. */
import { isTickSeries, type PriceSeries } from '#core/collections/price-series.ts';
import { timeframeMs } from '#core/market/timeframe.ts';
import type { Column } from '#lib/ui/table.ts';
import { bytesText, numberText } from '#lib/words/numbers.ts';
import { timeText } from '#lib/words/times.ts';
import { say } from '#lib/words/language.ts';

const day = (ms: number) => timeText(ms, 'utc', { dateOnly: true });

/** `withSpreads`: ids of the series that hold a spread of each bar. */
export const seriesColumns = (withSpreads: ReadonlySet<string>): readonly Column<PriceSeries>[] => [
  { id: 'symbol', label: say`Symbol`, value: (row) => row.symbol },
  {
    id: 'timeframe',
    label: say`Timeframe`,
    value: (row) => timeframeMs(row.timeframe) ?? 0,
    text: (row) => row.timeframe,
  },
  {
    id: 'bars',
    label: say`Count`,
    number: true,
    value: (row) => row.bars,
    text: (row) => numberText(row.bars) + (isTickSeries(row) ? say` ticks` : ''),
  },
  {
    id: 'from',
    label: say`From`,
    value: (row) => row.firstMs,
    text: (row) => day(row.firstMs),
    minor: true,
  },
  { id: 'to', label: say`To`, value: (row) => row.lastMs, text: (row) => day(row.lastMs) },
  {
    id: 'has',
    label: say`Holds`,
    minor: true,
    value: (row) =>
      [
        row.hasAsk ? say`bid and ask` : say`one price`,
        row.hasVolume ? 'volume' : '',
        withSpreads.has(row.id) ? 'spread' : '',
      ]
        .filter(Boolean)
        .join(', '),
  },
  {
    id: 'size',
    label: say`Size`,
    number: true,
    minor: true,
    value: (row) => row.storedBytes,
    text: (row) => bytesText(row.storedBytes),
  },
  {
    id: 'imported',
    label: say`Imported`,
    minor: true,
    value: (row) => row.importedMs,
    text: (row) => day(row.importedMs),
  },
];
