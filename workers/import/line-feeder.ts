/** Whole lines out of chunks of any size, read where they lie; only a cut line is copied. */
import { createLineReader } from './careful-rows.ts';
import { createFastReader } from './fast-rows.ts';
import type { Layout } from './layout.ts';
import type { Problems } from './problems.ts';
import type { RowColumns } from './rows.ts';
import { LONGEST_LINE } from './sniff.ts';

export interface LineFeeder {
  /** Reads all lines that end in `bytes`; false when a line is longer than any line of text. */
  readonly feed: (bytes: Uint8Array) => boolean;
  /** Reads what is left as the last line. */
  readonly end: () => void;
}

export function createLineFeeder(layout: Layout, rows: RowColumns, problems: Problems): LineFeeder {
  const reader = createLineReader(layout, rows, problems);
  const fast = createFastReader(layout, rows);
  let line = 1;
  let rest: Uint8Array = new Uint8Array(0);

  /** Lines in `from` … `to`, where a line ends. */
  function readLines(bytes: Uint8Array, from: number, to: number): void {
    let p = from;
    while (p < to) {
      if (fast && line > layout.headerLines) {
        const before = rows.count;
        p = fast.read(bytes, p, to, line);
        line += rows.count - before;
        if (p >= to) return;
      }
      p = readLine(bytes, p, to);
    }
  }

  function readLine(bytes: Uint8Array, from: number, to: number): number {
    let end = bytes.indexOf(layout.lineEnd, from);
    if (end < 0 || end > to) end = to;
    if (line > layout.headerLines) reader.read(bytes, from, end, line);
    line++;
    return end + 1;
  }

  return {
    feed(bytes) {
      let from = 0;
      if (rest.length > 0) {
        const end = bytes.indexOf(layout.lineEnd);
        if (end < 0 || end + rest.length > LONGEST_LINE) {
          if (rest.length + bytes.length > LONGEST_LINE) return false;
          rest = joined(rest, bytes);
          return true;
        }
        from = end + 1;
        const whole = joined(rest, bytes.subarray(0, from));
        readLines(whole, 0, whole.length);
      }
      const to = bytes.lastIndexOf(layout.lineEnd) + 1;
      readLines(bytes, from, to);
      rest = bytes.slice(Math.max(from, to));
      return rest.length <= LONGEST_LINE;
    },
    end() {
      if (rest.length > 0) readLine(rest, 0, rest.length);
      rest = new Uint8Array(0);
    },
  };
}

export function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}
