/** Columns of the table of round trips. */
import type { RoundTrip } from '#core/journal/round-trip.ts';
import type { Book } from '#lib/trading/book.svelte.ts';
import type { Column } from '#lib/ui/table.ts';
import { none, priceText, signedText } from '#lib/words/numbers.ts';
import { lotsText, sideWords } from '#lib/words/orders.ts';
import { durationText, timeText, zoneLabel, type TimeDisplay } from '#lib/words/times.ts';
import { say } from '#lib/words/language.ts';

export function tripColumns(book: Book, times: TimeDisplay): readonly Column<RoundTrip>[] {
  const price = (row: RoundTrip, value: number | null) =>
    value === null ? none : priceText(value, book.instruments.get(row.symbol)?.digits ?? 5);
  const zone = zoneLabel(times);
  return [
    { id: 'symbol', label: say`Symbol`, value: (row) => row.symbol },
    {
      id: 'net',
      label: say`Result`,
      number: true,
      amount: true,
      about: say`With commission and swap.`,
      value: (row) => row.net,
      text: (row) => signedText(row.net),
      tone: (row) => (row.net < 0 ? 'down' : row.net > 0 ? 'up' : undefined),
    },
    {
      id: 'side',
      label: say`Side`,
      value: (row) => sideWords[row.side],
      text: (row) => `${row.side === 'buy' ? '▲' : '▼'} ${sideWords[row.side]}`,
    },
    {
      id: 'volume',
      label: say`Lots`,
      number: true,
      value: (row) => row.volumeLots,
      text: (row) => lotsText(row.volumeLots),
    },
    {
      id: 'entry',
      label: say`In at`,
      number: true,
      value: (row) => row.entryPrice,
      text: (row) => price(row, row.entryPrice),
    },
    {
      id: 'exit',
      label: say`Out at`,
      number: true,
      value: (row) => row.exitPrice,
      text: (row) => price(row, row.exitPrice),
    },
    {
      id: 'closed',
      label: say`Closed`,
      unit: zone,
      value: (row) => row.closedMs,
      text: (row) => (row.closedMs === null ? none : timeText(row.closedMs, times)),
    },
    {
      id: 'held',
      label: say`Held`,
      minor: true,
      value: (row) => (row.isWhole ? (row.closedMs ?? 0) - row.openedMs : null),
      text: (row) => (row.isWhole ? durationText((row.closedMs ?? 0) - row.openedMs) : none),
    },
    {
      id: 'costs',
      label: say`Costs`,
      number: true,
      amount: true,
      minor: true,
      about: say`Commission and swap.`,
      value: (row) => row.commission + row.swap,
      text: (row) => signedText(row.commission + row.swap),
    },
    {
      id: 'whole',
      label: say`Told`,
      minor: true,
      value: (row) => (row.isWhole ? say`whole` : say`in part: its opening is further back`),
      tone: () => 'quiet',
    },
  ];
}
