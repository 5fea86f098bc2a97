/** Accounts at random as cTrader would tell their closings, in each of the ways that are known. */
import fc from 'fast-check';

export interface MadeClosing {
  readonly id: number;
  /** Of the position that it is of. */
  readonly position: number;
  readonly symbol: string;
  readonly side: 'Buy' | 'Sell';
  readonly openedMs: number;
  readonly closedMs: number;
  readonly open: number;
  readonly close: number;
  readonly hundredths: number;
  readonly commissionCents: number;
  readonly swapCents: number;
  readonly netCents: number;
  /** Paid in just before it. */
  readonly paidCents: number;
  balanceCents: number;
}

export interface CtraderManner {
  readonly kind: 'statement' | 'history' | 'short';
  readonly rows: 'by-opening' | 'by-closing' | 'newest-first';
  readonly currency: string;
}

/** Its times are wall times at UTC+8. */
const firstMs = Date.UTC(2026, 6, 20, 1);
const part = fc.record({
  hundredths: fc.integer({ min: 1, max: 200_000 }),
  heldMs: fc.oneof(fc.integer({ min: 1, max: 90_000_000 }), fc.constantFrom(1e6, 2e6, 5e6)),
  close: fc.integer({ min: 100_001, max: 900_000_000 }).map((n) => n / 1e5),
  commissionCents: fc.integer({ min: -900, max: 0 }),
  swapCents: fc.integer({ min: -900, max: 900 }),
  netCents: fc.integer({ min: -90_000_000, max: 90_000_000 }),
  paidCents: fc.constant(0),
});
const position = fc.record({
  symbol: fc.constantFrom('EURUSD', 'JPM.US', '0003.HK', 'US 500', '=cmd()'),
  side: fc.constantFrom<'Buy' | 'Sell'>('Buy', 'Sell'),
  open: fc.integer({ min: 100_001, max: 900_000_000 }).map((n) => n / 1e5),
  // Several may close in one moment.
  openedMs: fc.oneof(
    fc.integer({ min: 0, max: 2_000_000_000 }),
    fc.nat(9).map((n) => n * 1e6),
  ),
  parts: fc.array(part, { minLength: 1, maxLength: 3 }),
});

export const startCents = 1_000_000;

/** By time of closing, with the balances that follow from it. */
export const closings: fc.Arbitrary<readonly MadeClosing[]> = fc
  .uniqueArray(position, { minLength: 1, maxLength: 15, selector: ({ openedMs }) => openedMs })
  .map((positions) => {
    const made = positions.flatMap(({ parts, openedMs, ...rest }, at) => {
      let closedMs = firstMs + openedMs;
      return parts.map(({ heldMs, ...of }): MadeClosing => {
        closedMs += heldMs;
        return {
          id: 0,
          position: at,
          ...rest,
          ...of,
          openedMs: firstMs + openedMs,
          closedMs,
          balanceCents: 0,
        };
      });
    });
    return balanced(made.map((each, at) => ({ ...each, id: 315_186_380 + at * 13 })));
  });

export function balanced(made: readonly MadeClosing[]): readonly MadeClosing[] {
  const byClosing = made.toSorted((a, b) => a.closedMs - b.closedMs);
  let balanceCents = startCents;
  for (const each of byClosing) each.balanceCents = balanceCents += each.paidCents + each.netCents;
  return byClosing;
}

export const manner = fc.record<CtraderManner>({
  kind: fc.constantFrom('statement', 'history'),
  rows: fc.constantFrom('by-opening', 'by-closing', 'newest-first'),
  currency: fc.constantFrom('USD', 'EUR', '€', '$'),
});

const headings: Readonly<Record<CtraderManner['kind'], string>> = {
  statement:
    'Deal ID,Order ID,Symbol,Opening Direction,Closing Direction,Opening time (UTC+8),Closing Time (UTC+8),Entry price,Closing price,Closing Quantity,Commissions,Pips,Net *,Channel,Balance *',
  history:
    'Label,Symbol,Type,ID,Entry time (UTC+8),Entry price,Closing price,Closing time (UTC+8),Net *,Pips,Gross *,Balance *,Quantity,Volume,Broker commission,Swaps',
  short:
    'Symbol,Opening direction,Closing time (UTC+8),Entry price,Closing price,Closing Quantity,Net *,Balance *',
};

/** With a space between thousands, as it writes them. */
const spaced = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ' ');
function money(cents: number): string {
  const [whole = '', parts = ''] = (Math.abs(cents) / 100).toFixed(2).split('.');
  return `${cents < 0 ? '-' : ''}${spaced(whole)}.${parts}`;
}
const lots = (hundredths: number): string => {
  const [whole = '', parts] = String(hundredths / 100).split('.');
  return `${spaced(whole)}${parts === undefined ? '' : `.${parts}`} Lots`;
};
const monthNames = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
function clock(ms: number, kind: CtraderManner['kind']): string {
  const iso = new Date(ms).toISOString();
  const [year, month, day] = iso.slice(0, 10).split('-');
  const time = iso.slice(11, 23);
  return kind === 'statement'
    ? `${day} ${monthNames[Number(month) - 1]} ${year} ${time}`
    : `${day}/${month}/${year} ${time}`;
}

/** All lines of the file, cell by cell. */
export function ctraderLines(
  made: readonly MadeClosing[],
  { kind, rows, currency }: CtraderManner,
) {
  const order = {
    'by-opening': (a: MadeClosing, b: MadeClosing) => a.openedMs - b.openedMs,
    'by-closing': (a: MadeClosing, b: MadeClosing) => a.closedMs - b.closedMs,
    'newest-first': (a: MadeClosing, b: MadeClosing) => b.closedMs - a.closedMs,
  };
  const other = { Buy: 'Sell', Sell: 'Buy' };
  const lines = made.toSorted(order[rows]).map((each): string[] => {
    const { id, symbol, side, open, close, hundredths } = each;
    const [opened, closed] = [clock(each.openedMs, kind), clock(each.closedMs, kind)];
    const [net, balance] = [money(each.netCents), money(each.balanceCents)];
    const prices = [open.toFixed(5), close.toFixed(5)];
    if (kind === 'short') return [symbol, side, closed, ...prices, lots(hundredths), net, balance];
    if (kind === 'history') {
      const gross = money(each.netCents - each.commissionCents - each.swapCents);
      const costs = [money(each.commissionCents), money(each.swapCents)];
      const size = [String(hundredths / 100), String(hundredths * 1_000)];
      return [
        ...['my bot', symbol, side, String(id), opened, ...prices, closed],
        ...[net, '-1.3', gross, balance, ...size, ...costs],
      ];
    }
    return [
      ...[`DID${id}`, String(id - 7), symbol, side, other[side], opened, closed, ...prices],
      ...[lots(hundredths), money(each.commissionCents), '-13.3', net, 'cBot', balance],
    ];
  });
  const names = headings[kind].replaceAll('*', currency).split(',');
  if (kind !== 'statement') return [names, ...lines];
  const total = made.reduce((sum, { netCents }) => sum + netCents, 0);
  const totals = names.map((name) => (name.startsWith('Net') ? money(total) : ''));
  return [
    ...[['Deals'], names, ...lines, totals, [], ['Positions']],
    `Created (UTC+8),Symbol,Quantity,Direction,Entry,TP,SL,Net ${currency}`.split(','),
    '20 Aug 2026 09:34:21,2020.HK,152 Lots,Buy,74.410,76.493,73.957,—'.split(','),
    ...[[], ['Summary'], ['Deposit', 'Withdrawal', 'Total net'], ['10 000.00', '0.00', '1.00']],
  ];
}

export const ctraderCsv = (lines: readonly (readonly string[])[], end = '\r\n'): string =>
  lines
    .map((cells) => cells.map((cell) => (/[,"]/.test(cell) ? `"${cell}"` : cell)).join(','))
    .join(end) + end;
