/** Memory of the WASM kernel with the prices of one series and room for columns made of them. */
import type { Bars, PriceColumns, PriceField } from '#core/market/bars.ts';
import type { KernelExports } from './exports.ts';
import { PAGE_BYTES } from './layout.ts';

export interface ColumnRoom {
  readonly kernel: KernelExports;
  readonly bars: Bars;
  /** Words of a bitset, each of 64 bars; columns have room for as many bars. */
  readonly words: number;
  readonly seriesBytes: number;
  readonly shadowBytes: number;
  readonly bitsBytes: number;
  /** Where a price column of the bid lies, in price units. */
  readonly fields: Readonly<Record<PriceField, number>>;
  /** A bitset without any bit: nobody writes to it. */
  readonly nothing: number;
  /** Bytes taken and not given back. */
  readonly taken: number;
  /** An address divisible by 16; what lies there is left of another use, or 0. */
  take(bytes: number): number;
  give(at: number, bytes: number): void;
  /** Room for a column, NaN beyond the last bar. */
  takeSeries(): number;
  /** A column of float64, one value a bar, until the memory grows next. */
  view(at: number): Float64Array<ArrayBuffer>;
  numbers(at: number, length: number): Float64Array<ArrayBuffer>;
  bytes(at: number, length: number): Uint8Array<ArrayBuffer>;
  /** A copy of a column of this series, its room beyond the last bar NaN. */
  bringIn(values: Float64Array): number;
}

const WORD_BARS = 64;
const VECTOR_BYTES = 16;
/** Memory grows by so many pages at a time. */
const STRIDE_PAGES = 64;

/** null where there is no memory for so many bars. */
export function openRoom(module: WebAssembly.Module, bars: Bars): ColumnRoom | null {
  const words = Math.ceil(bars.length / WORD_BARS);
  const seriesBytes = words * 512;
  const bitsBytes = words * 8;
  const sides = bars.ask ? 2 : 1;
  const bid = PAGE_BYTES;
  const ask = bars.ask ? bid + 4 * seriesBytes : bid;
  const nothing = bid + sides * 4 * seriesBytes;
  let end = nothing + Math.ceil(bitsBytes / VECTOR_BYTES) * VECTOR_BYTES;
  const memory = reserve(end);
  if (!memory) return null;
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const kernel = instance.exports as unknown as KernelExports;
  const free = new Map<number, number[]>();
  let taken = 0;
  kernel.placePrices(bars.length, bid, ask, seriesBytes, 0);

  const view = (at: number) => new Float64Array(memory.buffer, at, bars.length);
  const closeOff = (at: number) => kernel.fillSeries(at + bars.length * 8, at + seriesBytes, NaN);
  const loadPrices = (at: number, { open, high, low, close }: PriceColumns) => {
    [open, high, low, close].forEach((column, k) => {
      const to = at + k * seriesBytes;
      view(to).set(column);
      kernel.dividePrices(to, words * WORD_BARS, bars.scale);
      closeOff(to);
    });
  };
  loadPrices(bid, bars.bid);
  if (bars.ask) loadPrices(ask, bars.ask);

  function take(asked: number): number {
    const bytes = Math.ceil(asked / VECTOR_BYTES) * VECTOR_BYTES;
    taken += bytes;
    const again = free.get(bytes)?.pop();
    if (again !== undefined) return again;
    const at = end;
    end += bytes;
    const missing = Math.ceil((end - memory!.buffer.byteLength) / PAGE_BYTES);
    if (missing > 0) memory!.grow(Math.max(missing, STRIDE_PAGES));
    return at;
  }
  function takeSeries(): number {
    const at = take(seriesBytes);
    closeOff(at);
    return at;
  }
  return {
    kernel,
    bars,
    words,
    seriesBytes,
    shadowBytes: words * 256,
    bitsBytes,
    fields: {
      open: bid,
      high: bid + seriesBytes,
      low: bid + 2 * seriesBytes,
      close: bid + 3 * seriesBytes,
    },
    nothing,
    get taken() {
      return taken;
    },
    take,
    give(at, asked) {
      const bytes = Math.ceil(asked / VECTOR_BYTES) * VECTOR_BYTES;
      taken -= bytes;
      const others = free.get(bytes);
      if (others) others.push(at);
      else free.set(bytes, [at]);
    },
    takeSeries,
    view,
    numbers: (at, length) => new Float64Array(memory.buffer, at, length),
    bytes: (at, length) => new Uint8Array(memory.buffer, at, length),
    bringIn(values) {
      const at = takeSeries();
      view(at).set(values);
      return at;
    },
  };
}

function reserve(bytes: number): WebAssembly.Memory | null {
  try {
    return new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
  } catch {
    return null;
  }
}
