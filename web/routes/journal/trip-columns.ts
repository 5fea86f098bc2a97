/** Columns of the journal's list; their ids are the orders that the worker knows. */
import { heldMs } from '#core/journal/trip-figures.ts';
import { rText, signMark, toneOf, tripPriceText } from '#lib/journal/trip-words.ts';
import type { Column } from '#lib/ui/table.ts';
import { none, signedText } from '#lib/words/numbers.ts';
import { lotsText, sideWords } from '#lib/words/orders.ts';
import { durationText, timeText, zoneLabel, type TimeDisplay } from '#lib/words/times.ts';
import type { JournalTrip } from '#workers/journal/api.ts';
import { say } from '#lib/words/language.ts';

export function tripColumns(
  times: TimeDisplay,
  digits: ReadonlyMap<string, number>,
): readonly Column<JournalTrip>[] {
  const zone = zoneLabel(times);
  return [
    { id: 'symbol', label: say`Symbol`, value: (row) => row.symbol },
    {
      id: 'net',
      label: say`Result`,
      number: true,
      amount: true,
      about: say`With commission, fees and swap, in the currency of its account.`,
      value: (row) => row.net,
      text: (row) => `${signMark(row.net)}${signedText(row.net)}`,
      tone: (row) => toneOf(row.net),
    },
    {
      id: 'r',
      label: 'R',
      number: true,
      about: say`Result in units of what the stop would have lost; none without a stop.`,
      value: (row) => row.r,
      text: (row) => rText(row.r),
      tone: (row) => toneOf(row.r) ?? 'quiet',
    },
    {
      id: 'closedMs',
      label: say`Closed`,
      unit: zone,
      value: (row) => row.closedMs,
      text: (row) => (row.closedMs === null ? say`open` : timeText(row.closedMs, times)),
    },
    {
      id: 'side',
      label: say`Side`,
      value: (row) => sideWords[row.side],
    },
    {
      id: 'volumeLots',
      label: say`Lots`,
      number: true,
      value: (row) => row.volumeLots,
      text: (row) => lotsText(row.volumeLots),
    },
    {
      id: 'tags',
      label: say`Tags`,
      long: true,
      value: (row) => row.tags.join(', ') || null,
      text: (row) => row.tags.join(', ') || none,
      tone: () => 'quiet',
    },
    {
      id: 'held',
      label: say`Held`,
      minor: true,
      value: heldMs,
      text: (row) => {
        const held = heldMs(row);
        return held === null ? none : durationText(held);
      },
    },
    {
      id: 'entry',
      label: say`In at`,
      number: true,
      minor: true,
      value: (row) => row.entryPrice,
      text: (row) => tripPriceText(row.entryPrice, digits.get(row.symbol)),
    },
    {
      id: 'exit',
      label: say`Out at`,
      number: true,
      minor: true,
      value: (row) => row.exitPrice,
      text: (row) => tripPriceText(row.exitPrice, digits.get(row.symbol)),
    },
    {
      id: 'rating',
      label: say`Rating`,
      about: say`Of five.`,
      minor: true,
      number: true,
      value: (row) => row.rating,
    },
  ];
}
