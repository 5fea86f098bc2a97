/** Columns of the table of deals. */
import type { DealView } from '#core/broker/views.ts';
import type { Deal } from '#core/broker/book.ts';
import type { Book } from '#lib/trading/book.svelte.ts';
import type { Column } from '#lib/ui/table.ts';
import { none, priceText, signedText } from '#lib/words/numbers.ts';
import { lotsText } from '#lib/words/orders.ts';
import { timeText } from '#lib/words/times.ts';

const kinds: Readonly<Record<Deal['kind'], string>> = {
  buy: '▲ Buy',
  sell: '▼ Sell',
  balance: 'Deposit',
  credit: 'Credit',
  charge: 'Charge',
  other: 'Other',
};
const entries: Readonly<Record<NonNullable<Deal['entry']>, string>> = {
  in: 'opens',
  out: 'closes',
  inout: 'turns round',
  'out-by': 'closes by opposite',
};
const reasons: Readonly<Record<Deal['reason'], string>> = {
  client: 'by hand',
  program: 'by Offing',
  sl: 'stop',
  tp: 'target',
  'stop-out': 'stop-out',
  other: 'other',
};

export function dealColumns(book: Book): readonly Column<DealView>[] {
  const digits = (row: DealView) => book.instruments.get(row.symbol)?.digits ?? 5;
  const money = (id: string, label: string, value: (row: DealView) => number) => ({
    id,
    label,
    number: true,
    amount: true,
    value,
    text: (row: DealView) => (value(row) === 0 ? none : signedText(value(row))),
    minor: id !== 'profit',
    tone: (row: DealView) =>
      id !== 'profit' || value(row) === 0 ? undefined : value(row) < 0 ? 'down' : 'up',
  });
  return [
    { id: 'symbol', label: 'Symbol', value: (row) => row.symbol || none },
    { id: 'kind', label: 'Deal', value: (row) => kinds[row.kind] },
    {
      id: 'entry',
      label: 'Does',
      value: (row) => (row.entry === null ? null : entries[row.entry]),
    },
    {
      id: 'volume',
      label: 'Lots',
      number: true,
      value: (row) => row.volumeLots,
      text: (row) => (row.volumeLots > 0 ? lotsText(row.volumeLots) : none),
    },
    {
      id: 'price',
      label: 'Price',
      number: true,
      value: (row) => row.price,
      text: (row) => (row.price > 0 ? priceText(row.price, digits(row)) : none),
    },
    money('profit', 'Profit', (row) => row.profit),
    money('swap', 'Swap', (row) => row.swap),
    money('commission', 'Commission', (row) => row.commission),
    {
      id: 'time',
      label: 'Time',
      unit: 'of the broker',
      value: (row) => row.serverMs,
      text: (row) => timeText(row.serverMs, 'utc', { seconds: true }),
    },
    { id: 'reason', label: 'Why', minor: true, value: (row) => reasons[row.reason] },
  ] satisfies readonly Column<DealView>[];
}
