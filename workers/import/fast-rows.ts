/**
 * Ordinary rows straight from bytes to points, by WASM or its twin in TypeScript.
 *
 * A row that is not ordinary (quotes, blanks, exponents, a finer scale, prices that cannot be true,
 * anything unexpected) is left to the careful reader, which gives the same values for all rows
 * that this one takes.
 */
import type { Layout } from './layout.ts';
import { readPlainRows } from './plain-rows.ts';
import { planRow } from './row-plan.ts';
import type { RowColumns } from './rows.ts';
import { createWasmReader } from './wasm-rows.ts';

export interface FastReader {
  /**
   * Reads rows from `from` on, the first of them on line `line`, until one is not ordinary, no
   * room is left in `rows`, or `to` is reached, before which a line ends. Returns where it stopped.
   */
  readonly read: (bytes: Uint8Array, from: number, to: number, line: number) => number;
}

/** Many calls, so that an engine which compiles by calls has the fast code from the second on. */
const ROWS_A_CALL = 4096;
/** What the twin is given of rows that WASM leaves; more of them each time that it leaves the next. */
const FEW_ROWS = 16;

/** Null when the layout's rows are not ordinary: every row is a careful one. */
export function createFastReader(layout: Layout, rows: RowColumns): FastReader | null {
  const plan = planRow(layout);
  if (plan === null) return null;
  const wasm = createWasmReader(plan, rows);
  let most = wasm ? FEW_ROWS : ROWS_A_CALL;
  return {
    read(bytes, from, to, line) {
      const first = rows.count;
      let p = from;
      for (;;) {
        const start = p;
        if (wasm) p = wasm.read(bytes, p, to, line + rows.count - first);
        if (wasm) most = p > start ? FEW_ROWS : Math.min(ROWS_A_CALL, most * 2);
        const before = rows.count;
        const span = { from: p, to, line: line + before - first, most };
        p = readPlainRows(plan, rows, bytes, span);
        if (rows.count - before < most) return p;
      }
    },
  };
}
