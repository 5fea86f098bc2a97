/** Columns of the table of working orders. */
import type { OrderView } from '#core/broker/views.ts';
import type { Book } from '#lib/trading/book.svelte.ts';
import type { Column } from '#lib/ui/table.ts';
import { none, numberText, priceText } from '#lib/words/numbers.ts';
import { kindWords, lotsText, sideWords } from '#lib/words/orders.ts';
import { timeText, type TimeDisplay } from '#lib/words/times.ts';
import { say } from '#lib/words/language.ts';

export function workingColumns(book: Book, times: TimeDisplay): readonly Column<OrderView>[] {
  const price = (row: OrderView, value: number | null) =>
    value === null ? none : priceText(value, book.instruments.get(row.symbol)?.digits ?? 5);
  const offsetMs = () => book.value?.account.health?.serverOffsetMs ?? 0;
  return [
    { id: 'symbol', label: say`Symbol`, value: (row) => row.symbol },
    { id: 'side', label: say`Side`, value: (row) => sideWords[row.side], drawn: true },
    { id: 'kind', label: say`Kind`, value: (row) => kindWords[row.kind] },
    {
      id: 'volume',
      label: say`Lots`,
      number: true,
      value: (row) => row.volumeLots,
      text: (row) => lotsText(row.volumeLots),
    },
    {
      id: 'price',
      label: say`Price`,
      number: true,
      value: (row) => row.price,
      text: (row) =>
        price(row, row.price) + (row.limitPrice === null ? '' : ` → ${price(row, row.limitPrice)}`),
    },
    {
      id: 'away',
      label: say`Away`,
      unit: say`points`,
      number: true,
      about: say`From the price that would fill it.`,
      value: (row) => pointsAway(book, row),
      text: (row) => numberText(pointsAway(book, row)),
    },
    {
      id: 'sl',
      label: say`Stop`,
      number: true,
      value: (row) => row.sl,
      text: (row) => price(row, row.sl),
    },
    {
      id: 'tp',
      label: say`Target`,
      number: true,
      value: (row) => row.tp,
      text: (row) => price(row, row.tp),
    },
    {
      id: 'until',
      label: say`Ends`,
      minor: true,
      value: (row) => row.lastsUntilServerMs,
      text: (row) =>
        row.lastsUntilServerMs === null
          ? say`when canceled`
          : timeText(row.lastsUntilServerMs - offsetMs(), times),
    },
  ];
}

function pointsAway(book: Book, row: OrderView): number | null {
  const quote = book.quotes.get(row.symbol);
  const instrument = book.instruments.get(row.symbol);
  if (!quote || !instrument) return null;
  const filledAt = row.side === 'buy' ? quote.ask : quote.bid;
  return Math.round(Math.abs(row.price - filledAt) / instrument.pointSize);
}
