/** Columns of the table of open positions. */
import type { PositionView } from '#core/broker/views.ts';
import type { Book } from '#lib/trading/book.svelte.ts';
import { closingPrice, floatingProfit } from '#lib/trading/floating.ts';
import { ageText, quoteAgeMs } from '#lib/trading/freshness.ts';
import type { Column } from '#lib/ui/table.ts';
import { none, priceText, signedText } from '#lib/words/numbers.ts';
import { lotsText, sideWords } from '#lib/words/orders.ts';

export function profitOf(book: Book, row: PositionView): number {
  return floatingProfit(row, book.instruments.get(row.symbol), book.quotes.get(row.symbol));
}

export function positionColumns(book: Book): readonly Column<PositionView>[] {
  const price = (row: PositionView, value: number | null) =>
    value === null ? none : priceText(value, book.instruments.get(row.symbol)?.digits ?? 5);
  const now = (row: PositionView) => {
    const quote = book.quotes.get(row.symbol);
    return quote ? closingPrice(row.side, quote) : null;
  };
  return [
    {
      id: 'symbol',
      label: 'Symbol',
      value: (row) => row.symbol,
      text: (row) => row.symbol + (row.missingSinceMs === null ? '' : ' (missing)'),
      tone: (row) => (row.missingSinceMs === null ? undefined : 'warning'),
    },
    {
      id: 'profit',
      label: 'Profit',
      number: true,
      amount: true,
      about: 'What it would make if it were closed now, without swap.',
      value: (row) => profitOf(book, row),
      text: (row) => signedText(profitOf(book, row)),
      tone: (row) => (profitOf(book, row) < 0 ? 'down' : 'up'),
    },
    { id: 'side', label: 'Side', value: (row) => sideWords[row.side], drawn: true },
    {
      id: 'volume',
      label: 'Lots',
      number: true,
      value: (row) => row.volumeLots,
      text: (row) => lotsText(row.volumeLots),
    },
    {
      id: 'open',
      label: 'Opened at',
      number: true,
      value: (row) => row.openPrice,
      text: (row) => price(row, row.openPrice),
    },
    {
      id: 'now',
      label: 'Now',
      number: true,
      value: now,
      text: (row) => {
        const quote = book.quotes.get(row.symbol);
        const age = quote ? ageText(quoteAgeMs(quote, book.nowMs)) : '';
        return price(row, now(row)) + (age && ` (${age})`);
      },
      tone: (row) => {
        const quote = book.quotes.get(row.symbol);
        return quote && ageText(quoteAgeMs(quote, book.nowMs)) ? 'quiet' : undefined;
      },
    },
    {
      id: 'sl',
      label: 'Stop',
      number: true,
      value: (row) => row.sl,
      text: (row) =>
        price(row, row.sl) +
        (book.value?.trails.some(({ position }) => position === row.position) ? ' trailing' : ''),
    },
    {
      id: 'tp',
      label: 'Target',
      number: true,
      value: (row) => row.tp,
      text: (row) => price(row, row.tp),
    },
    {
      id: 'swap',
      label: 'Swap',
      number: true,
      amount: true,
      minor: true,
      value: (row) => row.swap,
      text: (row) => signedText(row.swap),
    },
    {
      id: 'from',
      label: 'From',
      minor: true,
      value: (row) => (row.intentId === null ? 'elsewhere' : 'here'),
      tone: () => 'quiet',
    },
  ];
}
