/** Columns of the table of deals. */
import type { DealView } from '#core/broker/views.ts';
import type { Deal } from '#core/broker/book.ts';
import type { Book } from '#lib/trading/book.svelte.ts';
import type { Column } from '#lib/ui/table.ts';
import { none, priceText, signedText } from '#lib/words/numbers.ts';
import { lotsText } from '#lib/words/orders.ts';
import { timeText } from '#lib/words/times.ts';
import { say } from '#lib/words/language.ts';

const kinds: Readonly<Record<Deal['kind'], string>> = {
  buy: '▲ Buy',
  sell: '▼ Sell',
  balance: say`Deposit`,
  credit: say`Credit`,
  charge: say`Charge`,
  other: say`Other`,
};
const entries: Readonly<Record<NonNullable<Deal['entry']>, string>> = {
  in: 'opens',
  out: 'closes',
  inout: say`turns round`,
  'out-by': say`closes by opposite`,
};
const reasons: Readonly<Record<Deal['reason'], string>> = {
  client: say`by hand`,
  program: say`by Offing`,
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
    { id: 'symbol', label: say`Symbol`, value: (row) => row.symbol || none },
    { id: 'kind', label: say`Deal`, value: (row) => kinds[row.kind] },
    {
      id: 'entry',
      label: say`Does`,
      value: (row) => (row.entry === null ? null : entries[row.entry]),
    },
    {
      id: 'volume',
      label: say`Lots`,
      number: true,
      value: (row) => row.volumeLots,
      text: (row) => (row.volumeLots > 0 ? lotsText(row.volumeLots) : none),
    },
    {
      id: 'price',
      label: say`Price`,
      number: true,
      value: (row) => row.price,
      text: (row) => (row.price > 0 ? priceText(row.price, digits(row)) : none),
    },
    money('profit', say`Profit`, (row) => row.profit),
    money('swap', say`Swap`, (row) => row.swap),
    money('commission', say`Commission`, (row) => row.commission),
    {
      id: 'time',
      label: say`Time`,
      unit: say`of the broker`,
      value: (row) => row.serverMs,
      text: (row) => timeText(row.serverMs, 'utc', { seconds: true }),
    },
    { id: 'reason', label: say`Why`, minor: true, value: (row) => reasons[row.reason] },
  ] satisfies readonly Column<DealView>[];
}
