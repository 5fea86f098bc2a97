/**
 * Ordinary rows read by WASM: pieces of text are copied into its memory, columns out of it.
 *
 * It takes fewer rows than its twin, `plain-rows.ts`, and gives the same values for those that it
 * takes: a time of at most 32 bytes with a date, prices without a sign, numbers without a blank.
 */
import { compileModule } from '#workers/kernel/compile-module.ts';
import { PAGE_BYTES } from '#workers/kernel/layout.ts';
import { exactPowers } from './number-text.ts';
import type { RowColumns } from './rows.ts';
import type { RowPlan } from './row-plan.ts';
import { rowsBase64 } from './rows.gen.ts';
import type { TimePlan } from './time-plan.ts';

export interface WasmReader {
  /**
   * Reads rows from `from` on, the first of them on line `line`, until one is not ordinary, no
   * room is left in `rows`, or `to` is reached, before which a line ends. Returns where it stopped.
   */
  readonly read: (bytes: Uint8Array, from: number, to: number, line: number) => number;
}

/** `assembly/rows.ts` and `assembly/time.ts`. */
interface Exports {
  setTime(
    length: number,
    clock: number,
    year: number,
    month: number,
    day: number,
    offsetMs: number,
  ): void;
  setCells(separator: number, point: number, lineEnd: number, prices: number, rest: number): void;
  placeColumns(
    times: number,
    prices: number,
    bytesAColumn: number,
    volumes: number,
    tickVolumes: number,
    spreads: number,
  ): void;
  readRows(from: number, to: number, most: number, digits: number): number;
  readonly stopped: WebAssembly.Global<'i32'>;
}

const LONGEST_TIME = 32;
const MOST_REST = 128;
const VECTOR_BYTES = 16;
/** Where `assembly/time.ts`, `digits.ts` and `rows.ts` look for their tables. */
const at = { steady: 0, fixed: 32, bytes: 64, clock: 96, ramp: 224, powers: 256, rest: 384 };
const TEXT_AT = 1024;
/** A processor's cache holds a piece of text and the columns that come of it. */
const TEXT_BYTES = 128 * 1024;
/** What is looked at beyond the last row of a piece. */
const MARGIN_BYTES = 1024;
const ROWS = 4096;

let compiled: WebAssembly.Module | null | undefined;

/** Null where rows are laid out otherwise, or there is no WebAssembly. */
export function createWasmReader(plan: RowPlan, rows: RowColumns): WasmReader | null {
  if (!suits(plan)) return null;
  compiled ??= compileModule(rowsBase64);
  if (!compiled) return null;
  const columns = placeOutput(rows.prices.length);
  const memory = new WebAssembly.Memory({ initial: Math.ceil(columns.end / PAGE_BYTES) });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const reader = exports as unknown as Exports;
  setPlan(reader, memory.buffer, plan, rows.prices.length);
  const { times, prices, columnBytes, volumes, tickVolumes, spreads } = columns;
  reader.placeColumns(times, prices, columnBytes, volumes, tickVolumes, spreads);
  const text = new Uint8Array(memory.buffer, TEXT_AT, TEXT_BYTES);
  const moveOut = mover(memory.buffer, columns);
  /** The piece of text in memory: bytes `from` … `to` of `bytes`, whole lines. */
  let piece: { readonly bytes: Uint8Array; readonly from: number; readonly to: number } | null =
    null;

  return {
    read(bytes, from, to, line) {
      const first = rows.count;
      let p = from;
      while (p < to && !rows.float && rows.count < rows.capacity) {
        if (piece?.bytes !== bytes || p < piece.from || p >= piece.to) {
          const end = bytes.lastIndexOf(plan.lineEnd, Math.min(to, p + TEXT_BYTES) - 1) + 1;
          if (end <= p) break;
          text.set(bytes.subarray(p, end));
          piece = { bytes, from: p, to: end };
        }
        const base = TEXT_AT - piece.from;
        const most = Math.min(ROWS, rows.capacity - rows.count);
        const count = reader.readRows(base + p, base + Math.min(to, piece.to), most, rows.digits);
        moveOut(rows, count, line + rows.count - first);
        p = reader.stopped.value - base;
        if (p < piece.to && count < most) break;
      }
      // What has been read to its end is not held.
      if (p >= to) piece = null;
      return p;
    },
  };
}

function suits({ time, datesAlone, rest }: RowPlan): boolean {
  const clockFits = time.hour < 0 || !datesAlone;
  return (
    clockFits &&
    time.epochUnitMs === 0 &&
    time.length <= LONGEST_TIME &&
    clockSpan(time) <= VECTOR_BYTES &&
    rest.length <= MOST_REST
  );
}

/** The place of each of the clock's digits among those that are read, by its place in the row. */
function clockDigits({ hour, minute, second, millisecond }: TimePlan) {
  const limits = [2, 9, 5, 9, 5, 9, 9, 9, 0, 9];
  const parts = [hour, minute, second, millisecond];
  return limits.flatMap((limit, lane) => {
    if (lane === 8) return [];
    const part = parts[Math.min(3, lane >> 1)]!;
    if (part < 0) return [];
    const offset = lane === 9 ? 2 : lane % 2;
    return [{ lane, limit, place: part + offset }];
  });
}

function clockSpan(time: TimePlan): number {
  const places = clockDigits(time).map(({ place }) => place);
  return places.length === 0 ? 0 : Math.max(...places) - Math.min(...places) + 1;
}

function setPlan(reader: Exports, buffer: ArrayBuffer, plan: RowPlan, prices: number): void {
  const { time } = plan;
  const memory = new Uint8Array(buffer);
  const digits = clockDigits(time);
  const clockAt = digits.length === 0 ? -1 : Math.min(...digits.map(({ place }) => place));
  memory.fill(255, at.steady, at.steady + time.length);
  for (const { place } of digits) memory[at.steady + place] = 0;
  const literals = [
    [time.literalAt, time.literalByte],
    [time.date.literalAt, time.date.literalByte],
  ] as const;
  for (const [places, values] of literals) {
    for (let k = 0; k < places.length; k++) {
      if (places[k]! < 0) continue;
      memory[at.fixed + places[k]!] = 255;
      memory[at.bytes + places[k]!] = values[k]!;
    }
  }
  memory.fill(255, at.clock, at.clock + VECTOR_BYTES);
  for (const { lane, limit, place } of digits) {
    memory[at.clock + lane] = place - clockAt;
    memory[at.clock + VECTOR_BYTES + lane] = 48;
    memory[at.clock + 2 * VECTOR_BYTES + lane] = limit;
  }
  memory.fill(255, at.ramp + VECTOR_BYTES, at.ramp + 2 * VECTOR_BYTES);
  new Float64Array(buffer, at.powers, 16).set(exactPowers.slice(0, 16));
  memory.set(plan.rest, at.rest);
  const { year, month, day } = time.date;
  reader.setTime(time.length, clockAt, year, month, day, time.offsetMs);
  reader.setCells(plan.separator, plan.point, plan.lineEnd, prices, plan.rest.length);
}

function placeOutput(prices: number) {
  const times = TEXT_AT + TEXT_BYTES + MARGIN_BYTES;
  const volumes = times + ROWS * Float64Array.BYTES_PER_ELEMENT;
  const tickVolumes = volumes + ROWS * Float64Array.BYTES_PER_ELEMENT;
  const spreads = tickVolumes + ROWS * Float64Array.BYTES_PER_ELEMENT;
  const columnBytes = ROWS * Int32Array.BYTES_PER_ELEMENT;
  const first = spreads + columnBytes;
  const end = first + prices * columnBytes;
  return { times, prices: first, columnBytes, volumes, tickVolumes, spreads, end };
}

/** Copies the first `count` rows of the module's columns to the end of `rows`. */
function mover(buffer: ArrayBuffer, columns: ReturnType<typeof placeOutput>) {
  const times = new Float64Array(buffer, columns.times, ROWS);
  const volumes = new Float64Array(buffer, columns.volumes, ROWS);
  const tickVolumes = new Float64Array(buffer, columns.tickVolumes, ROWS);
  const spreads = new Int32Array(buffer, columns.spreads, ROWS);
  const price = (k: number) =>
    new Int32Array(buffer, columns.prices + k * columns.columnBytes, ROWS);
  const sides = (columns.end - columns.prices) / columns.columnBytes;
  const prices = Array.from({ length: sides }, (_, k) => price(k));
  return (rows: RowColumns, count: number, line: number): void => {
    if (count === 0) return;
    const to = rows.count;
    rows.timesMs.set(times.subarray(0, count), to);
    rows.prices.forEach((column, k) => column.set(prices[k]!.subarray(0, count), to));
    rows.volume?.set(volumes.subarray(0, count), to);
    rows.tickVolume?.set(tickVolumes.subarray(0, count), to);
    rows.spreadPoints?.set(spreads.subarray(0, count), to);
    const { lines } = rows;
    for (let i = 0; i < count; i++) lines[to + i] = line + i;
    rows.count = to + count;
  };
}
