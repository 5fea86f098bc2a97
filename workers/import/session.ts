/** One file on its way from text to bars or ticks: fed in chunks of any size, then finished. */
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { findZone } from '#core/market/zone.ts';
import type { LineProblem } from './api.ts';
import { TICKS } from '#core/collections/price-series.ts';
import type { Bars } from '#core/market/bars.ts';
import type { Ticks } from '#core/market/ticks.ts';
import { arrange } from './arrange.ts';
import { arrangeTicks } from './arrange-ticks.ts';
import { guessFromName } from './file-name.ts';
import type { Layout } from './layout.ts';
import { createLineFeeder, joined, type LineFeeder } from './line-feeder.ts';
import { createProblems, type ProblemCounts, type Problems } from './problems.ts';
import { createRows, shapeOf, type RowColumns } from './rows.ts';
import { faultOfRoles, holdsTicks } from './roles.ts';
import { notText, sniff, type LayoutChoice } from './sniff.ts';
import { createTextDecoder } from './text.ts';

export interface ParseOptions extends LayoutChoice {
  readonly symbol?: string | undefined;
  /** Null or missing: told by the distances between bars. */
  readonly timeframe?: string | null | undefined;
  /** Missing: the zone that the file states, else the one its format suggests. */
  readonly zone?: string | undefined;
}

interface ParsedFile {
  readonly symbol: string;
  readonly format: string;
  /** The zone that the file's times were read in. */
  readonly zone: string;
  /** Lines that hold something, the header aside. */
  readonly rows: number;
  readonly counts: ProblemCounts;
  readonly problems: readonly LineProblem[];
}

export interface ParsedBars extends ParsedFile {
  readonly kind: 'bars';
  readonly bars: Bars;
  /** One-based line of each bar. */
  readonly lines: Uint32Array;
  readonly timeframe: string;
}

export interface ParsedTicks extends ParsedFile {
  readonly kind: 'ticks';
  readonly ticks: Ticks;
  readonly timeframe: typeof TICKS;
}

export type ParsedPrices = ParsedBars | ParsedTicks;

export interface ParseSession {
  /** Takes the next bytes; the failure that makes the rest pointless, or null. */
  readonly feed: (bytes: Uint8Array) => Failure | null;
  readonly finish: () => Result<ParsedPrices, Failure>;
  /** Also after the end, when storing finds more to say. */
  readonly problems: Problems;
}

/** Enough to see the header and a thousand rows. */
export const HEAD_BYTES = 131_072;

/** Thirty years of minutes, some months of ticks; more would not fit a browser's memory beside its other copies. */
const MOST_ROWS = 1 << 24;
/** Bad rows after which a file that has hardly a good one is not read to its end. */
const HOPELESS = 100_000;

const tooManyRows: Failure = {
  code: 'import.too-large',
  detail: `The file holds more than ${MOST_ROWS} rows: split it.`,
  figures: { limitRows: MOST_ROWS },
};

interface Reading {
  readonly layout: Layout;
  readonly rows: RowColumns;
  readonly feeder: LineFeeder;
}

/** `expectedBytes` of text, 0 when unknown, so that the columns need not grow. */
export function createSession(
  fileName: string,
  options: ParseOptions,
  expectedBytes: number,
): ParseSession {
  const problems = createProblems();
  const decode = createTextDecoder();
  let head: Uint8Array = new Uint8Array(0);
  let reading: Reading | null = null;

  function begin(text: Uint8Array): Failure | null {
    const sniffed = sniff(text.subarray(0, HEAD_BYTES), fileName, options);
    if (!sniffed.ok) return sniffed.error;
    const { layout } = sniffed.value;
    const fault = faultOfRoles(layout.roles) ?? faultOfTicks(layout, options);
    if (fault) return fault;
    const lineBytes = Math.max(16, averageLine(text, layout));
    const capacity = Math.ceil(Math.max(expectedBytes, text.length) / lineBytes) + 16;
    const rows = createRows(shapeOf(layout.roles), Math.min(capacity, MOST_ROWS));
    const feeder = createLineFeeder(layout, rows, problems);
    reading = { layout, rows, feeder };
    return goOn(reading, text);
  }

  function goOn({ rows, feeder }: Reading, text: Uint8Array): Failure | null {
    if (!feeder.feed(text)) return notText('A line is longer than 64 KB.');
    if (rows.count > MOST_ROWS) return tooManyRows;
    const bad = problems.counts.unreadable + problems.counts['impossible-prices'];
    return bad > HOPELESS && bad > 10 * rows.count ? tooMany(bad, bad + rows.count) : null;
  }

  return {
    problems,
    feed(bytes) {
      const text = decode(bytes, false);
      if (reading) return goOn(reading, text);
      head = head.length === 0 ? text : joined(head, text);
      if (head.length < HEAD_BYTES) return null;
      const all = head;
      head = new Uint8Array(0);
      return begin(all);
    },
    finish() {
      const tail = decode(new Uint8Array(0), true);
      if (reading === null) {
        const failure = begin(joined(head, tail));
        if (failure) return fail(failure);
      } else if (!reading.feeder.feed(tail)) return fail(notText('A line is longer than 64 KB.'));
      return conclude(reading!, fileName, options, problems);
    },
  };
}

function averageLine(text: Uint8Array, layout: Layout): number {
  const sample = text.subarray(0, HEAD_BYTES);
  let lines = 1;
  for (const byte of sample) if (byte === layout.lineEnd) lines++;
  return (sample.length / lines) * 0.98;
}

function conclude(
  { layout, rows, feeder }: Reading,
  fileName: string,
  options: ParseOptions,
  problems: Problems,
): Result<ParsedPrices, Failure> {
  feeder.end();
  const alone = layout.statesOffset || layout.datesAlone;
  const zoneId = alone ? 'UTC' : (options.zone ?? layout.statedZone ?? layout.suggestedZone);
  const zone = findZone(zoneId);
  if (!zone.ok) return zone;
  const { counts } = problems;
  const bad = counts.unreadable + counts['impossible-prices'];
  const total = rows.count + bad;
  if (rows.count > 0 && bad * 2 > total) return fail(tooMany(bad, total));
  const guess = guessFromName(fileName);
  const file = {
    symbol: options.symbol ?? guess.symbol,
    format: layout.format,
    zone: zoneId,
    rows: total,
    counts,
    problems: problems.list,
  };
  const readZone = alone ? null : zone.value;
  const faultOfSkipped = () => {
    const skipped = counts['skipped-hour'];
    return skipped * 2 > total ? tooMany(bad + skipped, total) : null;
  };
  if (holdsTicks(layout.roles)) {
    const ticks = arrangeTicks(rows, readZone, problems);
    if (!ticks.ok) return ticks;
    const fault = faultOfSkipped();
    if (fault) return fail(fault);
    return ok({ kind: 'ticks', ticks: ticks.value, timeframe: TICKS, ...file });
  }
  const wish = {
    stated: options.timeframe ?? null,
    guessed: guess.timeframe,
    lastResort: layout.datesAlone ? 'D1' : null,
  };
  const arranged = arrange(rows, readZone, wish, problems);
  if (!arranged.ok) return arranged;
  const fault = faultOfSkipped();
  return fault ? fail(fault) : ok({ kind: 'bars', ...arranged.value, ...file });
}

/** Why a file of quotes is none that can be stored, or not what it was said to be. */
function faultOfTicks(layout: Layout, { timeframe }: ParseOptions): Failure | null {
  if (!holdsTicks(layout.roles)) return null;
  if (layout.datesAlone) {
    const detail = 'Its quotes have no time of day: they are neither ticks nor bars.';
    return { code: 'import.mapping-invalid', detail };
  }
  if (timeframe === undefined || timeframe === null || timeframe === TICKS) return null;
  const detail = `The file holds ticks, not bars of ${timeframe}.`;
  return { code: 'import.timeframe-mismatch', detail };
}

function tooMany(bad: number, rows: number): Failure {
  return {
    code: 'import.too-many-problems',
    detail: `${bad} of ${rows} rows cannot be used: this is hardly a file of prices.`,
    figures: { bad, rows },
  };
}
