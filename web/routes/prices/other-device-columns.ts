/** The columns of the list of series that other devices hold. */
import type { PriceFile } from '#core/collections/price-file.ts';
import { seriesSymbol, seriesTimeframe } from '#lib/backtest/series-name.ts';
import type { Column } from '#lib/ui/table.ts';
import { numberText } from '#lib/words/numbers.ts';
import { daysText } from '#lib/words/times.ts';
import { say } from '#lib/words/language.ts';

export const otherDeviceColumns: readonly Column<PriceFile>[] = [
  { id: 'symbol', label: say`Symbol`, value: (row) => seriesSymbol(row.seriesId) },
  { id: 'timeframe', label: say`Timeframe`, value: (row) => seriesTimeframe(row.seriesId) },
  {
    id: 'bars',
    label: say`Count`,
    number: true,
    value: (row) => row.bars,
    text: (row) => numberText(row.bars),
  },
  {
    id: 'span',
    label: say`Span`,
    value: (row) => row.firstMs,
    text: (row) => daysText(row.firstMs, row.lastMs),
    minor: true,
  },
  { id: 'device', label: say`Device`, value: (row) => row.device },
  {
    id: 'files',
    label: say`Newest file`,
    minor: true,
    value: (row) => row.files.at(-1)?.fileName ?? '',
  },
];
