/** A series in the memory of the WASM kernel: its columns are brought in once, then run many times. */
import { assert } from '#core/assert.ts';
import type { Outcome, RoundTripColumns } from '#core/execution/outcome.ts';
import type { RunSettings } from '#core/execution/settings.ts';
import type { Signals, Sizing } from '#core/execution/signals.ts';
import type { Bars, PriceColumn, PriceColumns } from '#core/market/bars.ts';
import type { KernelExports } from './exports.ts';
import { layOut, PAGE_BYTES, type Layout } from './layout.ts';
import { sendSettings } from './send-settings.ts';
import { copyTrips, joinTrips } from './trip-columns.ts';

/** An outcome whose equity still lies in the kernel's memory. */
export type Traded = Omit<Outcome, 'equity'>;

export interface ResidentSeries {
  /** Money at the close of each bar, of the latest run and until the next. */
  readonly equity: Float64Array;
  holds(bars: Bars): boolean;
  /** What `trade` acts on from now on. */
  loadSignals(signals: Signals): void;
  /** Yields the share of bars done after each `barsPerSlice` of them. */
  trade(settings: RunSettings, barsPerSlice: number): Generator<number, Traded>;
}

/** An entry, of four bars in one word. */
const ENTERS = 0x0c0c0c0c;
const ENTER_LONG = 4;
const PAST_EVERY_BAR = 2 ** 31 - 1;

/** Null where there is no memory for so many bars. */
export function openSeries(module: WebAssembly.Module, bars: Bars): ResidentSeries | null {
  const layout = layOut(bars);
  const memory = reserve(layout.bytes);
  if (!memory) return null;
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const kernel = instance.exports as unknown as KernelExports;
  const { buffer } = memory;
  const pointScale = layout.asPoints ? bars.scale : 0;
  kernel.placePrices(bars.length, layout.bid, layout.ask, layout.columnBytes, pointScale);
  kernel.placeRun(layout.equity, layout.flags);
  kernel.placeLevels(layout.levels, layout.levelBars);
  kernel.placeTrips(layout.trips, layout.tripRoom);
  loadPrices(kernel, buffer, layout, layout.bid, bars.bid, bars.scale);
  if (bars.ask) loadPrices(kernel, buffer, layout, layout.ask, bars.ask, bars.scale);
  const held = new WeakRef(bars);
  let warmupBars = 0;
  let sizing: Sizing | null = null;
  return {
    equity: new Float64Array(buffer, layout.equity, bars.length),
    holds: (others) => held.deref() === others,
    loadSignals(signals) {
      assert(signals.length === bars.length, 'there is a signal for each bar');
      assert(signals.warmupBars >= 0, 'warm-up is a number of bars');
      ({ warmupBars, sizing } = signals);
      loadFlags(kernel, buffer, layout, signals);
      loadLevels(buffer, layout, signals);
    },
    *trade(settings, barsPerSlice) {
      assert(sizing !== null, 'signals are loaded before they are traded');
      assert(barsPerSlice > 0, 'a slice has bars');
      const parts: RoundTripColumns[] = [];
      const moveOut = () => {
        const count = kernel.trips.value;
        parts.push(copyTrips(buffer, { at: layout.trips, room: layout.tripRoom, count }));
        kernel.forgetTrips();
      };
      sendSettings(kernel, settings, sizing);
      kernel.forgetTrips();
      kernel.start(Math.min(warmupBars + 1, bars.length), settings.cash);
      yield* work(kernel, bars.length, settings, barsPerSlice, moveOut);
      moveOut();
      return traded(kernel, joinTrips(parts));
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

/** The same steps as `runKernel` in core. */
function* work(
  kernel: KernelExports,
  bars: number,
  settings: RunSettings,
  barsPerSlice: number,
  moveOut: () => void,
): Generator<number, void> {
  const advance = (until: number) => {
    while (kernel.bar.value < until) {
      kernel.advance(until);
      if (kernel.bar.value < until) moveOut();
    }
  };
  const last = bars - 1;
  const end = settings.closeAtEnd ? last : bars;
  while (kernel.bar.value < end) {
    advance(Math.min(kernel.bar.value + barsPerSlice, end));
    yield kernel.bar.value / bars;
  }
  if (!settings.closeAtEnd || kernel.bar.value !== last) return;
  if (settings.fill === 'nextOpen') kernel.dropQueuedEntry();
  advance(bars);
  kernel.closeAtOpen(last);
}

function traded(kernel: KernelExports, roundTrips: RoundTripColumns): Traded {
  const units = kernel.units.value;
  return {
    roundTrips,
    commissions: kernel.commissions.value,
    open:
      units === 0
        ? null
        : { entryBar: kernel.openBar.value, entryPrice: kernel.openPrice.value, units },
    droppedEntries: kernel.droppedEntries.value,
  };
}

function loadPrices(
  kernel: KernelExports,
  buffer: ArrayBuffer,
  { rows, columnBytes, asPoints }: Layout,
  from: number,
  { open, high, low, close }: PriceColumns,
  scale: number,
): void {
  [open, high, low, close].forEach((column: PriceColumn, k) => {
    const at = from + k * columnBytes;
    const Column = asPoints ? Int32Array : Float64Array;
    new Column(buffer, at, column.length).set(column);
    if (!asPoints && scale !== 1) kernel.dividePrices(at, rows, scale);
  });
}

/** Equity, which the next run overwrites, lends its room to the exits. */
function loadFlags(
  kernel: KernelExports,
  buffer: ArrayBuffer,
  { flags, equity, rows }: Layout,
  { entry, exit, length }: Signals,
): void {
  new Int8Array(buffer, flags, length).set(entry);
  new Uint8Array(buffer, equity, length).set(exit);
  kernel.mergeFlags(equity, rows);
}

/** Levels are read where an entry was signalled, for its side: only those are copied. */
function loadLevels(
  buffer: ArrayBuffer,
  { flags, levels, levelBars, rows }: Layout,
  { stop, target, length }: Signals,
): void {
  const bars = new Int32Array(buffer, levelBars, rows + 1);
  const pairs = new Float64Array(buffer, levels, rows * 2);
  const words = new Int32Array(buffer, flags, rows / 4);
  const bytes = new Uint8Array(buffer, flags, length);
  const none = new Float64Array(0);
  const [longStop, shortStop] = [stop?.long ?? none, stop?.short ?? none];
  const [longTarget, shortTarget] = [target?.long ?? none, target?.short ?? none];
  const wordsToRead = stop || target ? words.length : 0;
  let count = 0;
  for (let word = 0; word < wordsToRead; word++) {
    if ((words[word]! & ENTERS) === 0) continue;
    const end = Math.min(word * 4 + 4, length);
    for (let i = word * 4; i < end; i++) {
      if ((bytes[i]! & ENTERS) === 0) continue;
      const isLong = (bytes[i]! & ENTER_LONG) !== 0;
      pairs[count * 2] = (isLong ? longStop[i] : shortStop[i]) ?? NaN;
      pairs[count * 2 + 1] = (isLong ? longTarget[i] : shortTarget[i]) ?? NaN;
      bars[count++] = i;
    }
  }
  bars[count] = PAST_EVERY_BAR;
}
