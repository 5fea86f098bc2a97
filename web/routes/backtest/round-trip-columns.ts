/** The columns of the table of round trips. */
import type { ExitReason } from '#core/execution/outcome.ts';
import { plainNumber } from '#lib/backtest/figures.ts';
import type { RoundTripRow } from '#lib/backtest/round-trips.ts';
import type { Column } from '#lib/ui/table.ts';
import { numberText, priceText, signedText } from '#lib/words/numbers.ts';
import { timeText, zoneLabel, type TimeDisplay } from '#lib/words/times.ts';
import { say } from '#lib/words/language.ts';

const reasons: Readonly<Record<ExitReason, string>> = {
  rule: say`exit rule`,
  reverse: say`new entry`,
  stop: 'stop',
  target: 'target',
  ruin: say`out of money`,
  end: say`end of data`,
  trail: say`trailing stop`,
  breakEven: say`stop at break-even`,
  partial: say`partial exit`,
  time: 'time',
  stopOut: say`margin stop-out`,
};

interface Options {
  /** Of each market's prices; undefined = its series is gone. */
  readonly digits: readonly (number | undefined)[];
  readonly intraday: boolean;
  readonly times: TimeDisplay;
  readonly wholeUnits: boolean;
  /** Symbols by market; one = no column for it. */
  readonly symbols: readonly string[];
  /** The columns that have something to say. */
  readonly shows: { readonly swap: boolean; readonly slippage: boolean; readonly doubt: boolean };
}

const gain = (row: RoundTripRow) => (row.profit > 0 ? 'up' : row.profit < 0 ? 'down' : undefined);
const arrow = (value: number) => (value > 0 ? '▲ ' : value < 0 ? '▼ ' : '');

export function roundTripColumns(options: Options): readonly Column<RoundTripRow>[] {
  const zone = options.intraday ? options.times : 'utc';
  const time = (ms: number) => timeText(ms, zone, { dateOnly: !options.intraday });
  const number = true;
  // Without the series nobody knows its digits: those usual for such a price.
  const price = (market: number, value: number) =>
    priceText(value, options.digits[market] ?? (value > 50 ? 2 : 5));
  const { symbols, shows } = options;
  const columns: readonly (Column<RoundTripRow> | false)[] = [
    { id: 'number', label: '#', number, width: '1px', value: (row) => row.number },
    symbols.length > 1 && {
      id: 'market',
      label: say`Symbol`,
      value: (row) => symbols[row.market] ?? '',
    },
    { id: 'side', label: say`Side`, value: (row) => row.side },
    {
      id: 'profit',
      label: say`Profit`,
      about: say`Money, after commissions and swap`,
      number,
      amount: true,
      value: (row) => row.profit,
      text: (row) => arrow(row.profit) + signedText(row.profit, 2),
      tone: gain,
    },
    {
      id: 'returnPct',
      label: say`Return`,
      unit: '%',
      about: say`Of the position’s value at entry, after both commissions`,
      number,
      value: (row) => row.returnPct,
      text: (row) => signedText(row.returnPct, 2),
      tone: gain,
    },
    {
      id: 'entryMs',
      label: say`Entry`,
      unit: zoneLabel(zone),
      value: (row) => row.entryMs,
      text: (row) => time(row.entryMs),
    },
    {
      id: 'entryPrice',
      label: say`at`,
      number,
      value: (row) => row.entryPrice,
      text: (row) => price(row.market, row.entryPrice),
    },
    {
      id: 'exitMs',
      label: say`Exit`,
      unit: zoneLabel(zone),
      value: (row) => row.exitMs,
      text: (row) => time(row.exitMs),
    },
    {
      id: 'exitPrice',
      label: say`at`,
      number,
      value: (row) => row.exitPrice,
      text: (row) => price(row.market, row.exitPrice),
    },
    {
      id: 'units',
      label: say`Units`,
      number,
      amount: true,
      value: (row) => row.units,
      text: (row) => (options.wholeUnits ? numberText(row.units) : plainNumber(row.units)),
    },
    shows.swap && {
      id: 'swap',
      label: say`Swap`,
      about: say`Money for the nights, within the profit`,
      number,
      amount: true,
      value: (row) => row.swap,
      text: (row) => signedText(row.swap, 2),
    },
    shows.slippage && {
      id: 'slippage',
      label: say`Slippage`,
      about: say`Money lost to fills worse than the quote`,
      number,
      amount: true,
      value: (row) => row.slippage,
      text: (row) => numberText(row.slippage, 2),
    },
    shows.doubt && {
      id: 'otherProfit',
      label: say`Else`,
      about: say`Profit had the other level of a doubtful bar come first`,
      number,
      amount: true,
      value: (row) => row.otherProfit,
      text: (row) => (row.otherProfit === null ? '' : signedText(row.otherProfit, 2)),
    },
    { id: 'bars', label: say`Held`, unit: say`bars`, number, value: (row) => row.bars },
    {
      id: 'exitReason',
      label: say`Closed by`,
      value: (row) => row.exitReason,
      text: (row) => reasons[row.exitReason] + (row.ambiguous ? say`, bar held both levels` : ''),
      tone: (row) => (row.ambiguous ? 'warning' : undefined),
    },
  ];
  return columns.filter((column) => column !== false);
}
