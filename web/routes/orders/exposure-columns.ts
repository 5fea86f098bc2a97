/** Columns of the tables of exposure and of several accounts' money. */
import type { CurrencyExposure, SymbolExposure } from '#lib/trading/portfolio/exposure.ts';
import type { Holding } from '#lib/trading/portfolio/holdings.svelte.ts';
import { levelState, marginLevel, type CurrencyTotal } from '#lib/trading/portfolio/totals.ts';
import type { Column } from '#lib/ui/table.ts';
import { none, numberText, signedText } from '#lib/words/numbers.ts';
import { lotsText } from '#lib/words/orders.ts';
import { say } from '#lib/words/language.ts';

const percent = (ratio: number | null, digits = 1) =>
  ratio === null ? none : numberText(ratio * 100, digits);

function lots<Row>(id: string, label: string, of: (row: Row) => number): Column<Row> {
  const text = (row: Row) =>
    of(row) < 0 ? `−${lotsText(-of(row))}` : of(row) === 0 ? none : lotsText(of(row));
  return { id, label, unit: say`lots`, number: true, value: of, text };
}

function money<Row>(
  id: string,
  label: string,
  of: (row: Row) => number | null,
  more: Partial<Column<Row>> = {},
): Column<Row> {
  const text = (row: Row) => numberText(of(row), 2);
  return { id, label, number: true, amount: true, value: of, text, ...more };
}

const levelColumn = <
  Row extends { readonly equity: number; readonly margin: number },
>(): Column<Row> => ({
  id: 'level',
  label: say`Level`,
  unit: '%',
  number: true,
  about: say`Equity ÷ margin.`,
  value: (row) => marginLevel(row.equity, row.margin),
  text: (row) => percent(marginLevel(row.equity, row.margin), 0),
  tone: (row) => {
    const { tone } = levelState(marginLevel(row.equity, row.margin));
    return tone === 'ok' ? undefined : tone;
  },
});

export function symbolColumns(currency: string): readonly Column<SymbolExposure>[] {
  return [
    { id: 'symbol', label: say`Symbol`, value: (row) => row.symbol },
    lots('net', say`Net`, (row) => row.netLots),
    lots('buy', say`Bought`, (row) => row.buyLots),
    lots('sell', say`Sold`, (row) => row.sellLots),
    money('notional', say`Worth`, (row) => row.notional, {
      unit: currency,
      about: say`What the net is worth at the price now.`,
    }),
    money('margin', say`Margin`, (row) => row.margin, { unit: currency }),
    {
      id: 'ratio',
      label: say`Margin`,
      unit: say`% of equity`,
      number: true,
      value: (row) => row.marginRatio,
      text: (row) => percent(row.marginRatio),
    },
    {
      id: 'count',
      label: say`Positions`,
      number: true,
      minor: true,
      value: (row) => row.positions,
    },
  ];
}

export function currencyColumns(currency: string): readonly Column<CurrencyExposure>[] {
  return [
    { id: 'currency', label: say`Currency`, value: (row) => row.currency },
    money('amount', say`Held, owed if negative`, (row) => row.amount, { unit: say`of it` }),
    money('worth', say`Worth`, (row) => row.worth, {
      unit: currency,
      about: say`By the prices at hand; none where no price tells.`,
    }),
  ];
}

export const accountColumns: readonly Column<Holding>[] = [
  {
    id: 'name',
    label: say`Account`,
    value: (row) => row.name,
    text: (row) => row.name + (row.isSimulated ? ' (simulated)' : ''),
  },
  { id: 'currency', label: say`In`, value: (row) => row.currency },
  money('balance', say`Balance`, (row) => row.balance),
  money('floating', say`Floating`, (row) => row.equity - row.balance, {
    text: (row) => signedText(row.equity - row.balance),
    tone: (row) =>
      row.equity < row.balance ? 'down' : row.equity > row.balance ? 'up' : undefined,
    flashes: true,
  }),
  money('equity', say`Equity`, (row) => row.equity, { flashes: true }),
  money('margin', say`Margin`, (row) => row.margin),
  levelColumn<Holding>(),
  {
    id: 'count',
    label: say`Positions`,
    number: true,
    minor: true,
    value: (row) => row.positions.length,
  },
];

export const totalColumns: readonly Column<CurrencyTotal>[] = [
  { id: 'currency', label: say`Currency`, value: (row) => row.currency },
  { id: 'accounts', label: say`Accounts`, number: true, value: (row) => row.accounts },
  money('balance', say`Balance`, (row) => row.balance),
  money('floating', say`Floating`, (row) => row.floating, {
    text: (row) => signedText(row.floating),
    tone: (row) => (row.floating < 0 ? 'down' : row.floating > 0 ? 'up' : undefined),
  }),
  money('equity', say`Equity`, (row) => row.equity),
  money('margin', say`Margin`, (row) => row.margin),
  money('free', say`Free`, (row) => row.freeMargin),
  levelColumn<CurrencyTotal>(),
];
