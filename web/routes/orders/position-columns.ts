/** Columns of the table of open positions. */
import type { PositionView } from '#core/broker/views.ts';
import type { Book } from '#lib/trading/book.svelte.ts';
import { closingPrice } from '#lib/trading/floating.ts';
import { ageText, quoteAgeMs } from '#lib/trading/freshness.ts';
import { profitIn, profitText, type ProfitUnit } from '#lib/trading/profit-units.ts';
import type { Column } from '#lib/ui/table.ts';
import { none, priceText, signedText } from '#lib/words/numbers.ts';
import { lotsText, sideWords } from '#lib/words/orders.ts';
import { timeText, zoneLabel, type TimeDisplay } from '#lib/words/times.ts';
import { say } from '#lib/words/language.ts';

export interface PositionDisplay {
  readonly unit: ProfitUnit;
  /** The stop that a position was opened with; null where nobody knows. */
  readonly firstStop: (row: PositionView) => number | null;
  readonly times: TimeDisplay;
}

const unitWords: Readonly<Record<ProfitUnit, string>> = {
  ...{ money: '', pips: 'pips', r: 'R', percent: say`% of balance` },
};

export function positionColumns(
  book: Book,
  { unit, firstStop, times }: PositionDisplay,
): readonly Column<PositionView>[] {
  const profit = (row: PositionView) =>
    profitIn(unit, row, {
      instrument: book.instruments.get(row.symbol),
      quote: book.quotes.get(row.symbol),
      balance: book.value?.account.broker?.balance ?? null,
      firstStop: unit === 'r' ? firstStop(row) : null,
    });
  const offsetMs = book.value?.account.health?.serverOffsetMs ?? 0;
  const price = (row: PositionView, value: number | null) =>
    value === null ? none : priceText(value, book.instruments.get(row.symbol)?.digits ?? 5);
  const now = (row: PositionView) => {
    const quote = book.quotes.get(row.symbol);
    return quote ? closingPrice(row.side, quote) : null;
  };
  return [
    {
      id: 'symbol',
      label: say`Symbol`,
      value: (row) => row.symbol,
      text: (row) => row.symbol + (row.missingSinceMs === null ? '' : ' (missing)'),
      tone: (row) => (row.missingSinceMs === null ? undefined : 'warning'),
    },
    {
      id: 'profit',
      label: say`Profit`,
      number: true,
      amount: unit === 'money',
      ...(unit === 'money' ? {} : { unit: unitWords[unit] }),
      flashes: true,
      about:
        unit === 'r'
          ? say`Of what its first stop would have lost. Without such a stop there is no R.`
          : say`What it would make if it were closed now, without swap.`,
      value: profit,
      text: (row) => profitText(profit(row), unit),
      tone: (row) => {
        const value = profit(row);
        return value === null || value === 0 ? undefined : value < 0 ? 'down' : 'up';
      },
    },
    { id: 'side', label: say`Side`, value: (row) => sideWords[row.side], drawn: true },
    {
      id: 'volume',
      label: say`Lots`,
      number: true,
      value: (row) => row.volumeLots,
      text: (row) => lotsText(row.volumeLots),
    },
    {
      id: 'open',
      label: say`Opened at`,
      number: true,
      value: (row) => row.openPrice,
      text: (row) => price(row, row.openPrice),
    },
    {
      id: 'now',
      label: say`Now`,
      number: true,
      flashes: true,
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
      label: say`Stop`,
      number: true,
      value: (row) => row.sl,
      text: (row) =>
        price(row, row.sl) +
        (book.value?.trails.some(({ position }) => position === row.position)
          ? say` trailing`
          : ''),
    },
    {
      id: 'tp',
      label: say`Target`,
      number: true,
      value: (row) => row.tp,
      text: (row) => price(row, row.tp),
    },
    {
      id: 'swap',
      label: say`Swap`,
      number: true,
      amount: true,
      minor: true,
      value: (row) => row.swap,
      text: (row) => signedText(row.swap),
    },
    {
      id: 'from',
      label: say`From`,
      minor: true,
      value: (row) => (row.intentId === null ? 'elsewhere' : 'here'),
      tone: () => 'quiet',
    },
    {
      id: 'opened',
      label: say`Opened`,
      unit: zoneLabel(times),
      minor: true,
      value: (row) => row.openedServerMs,
      text: (row) => timeText(row.openedServerMs - offsetMs, times),
    },
    { id: 'id', label: say`Number`, minor: true, value: (row) => row.position },
    { id: 'comment', label: say`Comment`, minor: true, value: (row) => row.comment },
  ];
}
