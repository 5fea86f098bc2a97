/**
 * What traders' devices write: journal rows of ten fields and edits of one field each, the same
 * for every library that is measured.
 */

export type FieldValue = number | string;
export type JournalRow = Readonly<Record<string, FieldValue>>;
export type Edit = readonly [row: string, field: string, value: FieldValue];

export interface Journal {
  readonly rows: ReadonlyMap<string, JournalRow>;
  readonly edits: readonly Edit[];
}

const symbols = ['AAPL', 'MSFT', 'NVDA', 'TSLA', 'ES', 'NQ', 'EURUSD', 'BTCUSD'];
const words = [
  ...['gap', 'fill', 'breakout', 'reversal', 'trend', 'pullback', 'vwap', 'open', 'range', 'fade'],
  ...['squeeze', 'earnings', 'news', 'momentum', 'stop', 'target', 'size', 'risk', 'late', 'early'],
];

/** Numbers 0 … 1, the same for a seed. */
export function madeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export function makeJournal(size: {
  readonly rows: number;
  readonly edits: number;
  readonly seed: number;
}): Journal {
  const random = madeRandom(size.seed);
  const whole = (below: number) => Math.floor(random() * below);
  const pick = (from: readonly string[]) => from[whole(from.length)]!;
  const values: Readonly<Record<string, () => FieldValue>> = {
    symbol: () => pick(symbols),
    side: () => pick(['long', 'short']),
    volumeLots: () => 1 + whole(1_000),
    price: () => whole(10_000_000) / 100,
    profitMinor: () => whole(200_000) - 100_000,
    setup: () => pick(words),
    remark: () => Array.from({ length: 8 }, () => pick(words)).join(' '),
    rating: () => whole(5),
    openMs: () => 1.7e12 + whole(1e10),
    closeMs: () => 1.7e12 + whole(1e10),
  };
  const fields = Object.keys(values);
  const ids = Array.from({ length: size.rows }, (_, i) => {
    return `j${i.toString(36).padStart(5, '0')}x${whole(1e9).toString(36).padStart(6, '0')}`;
  });
  const rows = new Map(
    ids.map((id) => [id, Object.fromEntries(fields.map((field) => [field, values[field]!()]))]),
  );
  const edits = Array.from({ length: size.edits }, (): Edit => {
    const field = pick(fields);
    return [pick(ids), field, values[field]!()];
  });
  return { rows, edits };
}
