/** The price files of a command line as the markets of a run. */
import type { InnerPrices, Market } from '#core/execution/order-desk.ts';
import type { Bars } from '#core/market/bars.ts';
import { innerBars, innerTicks } from '#core/market/inner-prices.ts';
import { timeframeMs } from '#core/market/timeframe.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { parseBars, parseTicks } from '#workers/import/parse.ts';
import type { ParsedBars, ParsedPrices, ParsedTicks } from '#workers/import/session.ts';
import type { BacktestArguments } from './command-arguments.ts';

export interface CommandPrices {
  /** The first, and those traded beside it. */
  readonly markets: readonly Market[];
  readonly companions: ReadonlyMap<string, Bars>;
  /** A line for each file that holds more than prices. */
  readonly warnings: readonly string[];
}

/** Prices inside bars, of one symbol. */
interface Inner {
  readonly symbol: string;
  readonly place: (bars: ParsedBars) => Result<InnerPrices, string>;
}

export type ReadBytes = (file: string) => Result<Uint8Array, string>;

/** Symbols are told by the names of the files. Errors name the file. */
export function readPrices(
  args: BacktestArguments,
  readBytes: ReadBytes,
): Result<CommandPrices, string> {
  const warnings: string[] = [];
  const read = <T extends ParsedPrices>(file: string, parse: Parse<T>) =>
    then(readBytes(file), (bytes) => parseFile(file, bytes, parse, warnings));
  const traded = collect([args.bars, ...args.portfolio], (file) => read(file, parseBars));
  if (!traded.ok) return traded;
  const inners = collect([...args.inner, ...args.ticks], (file) =>
    args.ticks.includes(file)
      ? then(read(file, parseTicks), (parsed) => ok(ticksInside(parsed)))
      : then(read(file, parseBars), (parsed) => ok(barsInside(file, parsed))),
  );
  if (!inners.ok) return inners;
  const others = collect(args.companion, (file) => read(file, parseBars));
  if (!others.ok) return others;
  const twice = repeated(traded.value) ?? repeated(others.value) ?? repeated(inners.value);
  if (twice) return fail(`Two files are of ${twice}, as their names say.`);
  const markets = collect(traded.value, (parsed) => marketOf(parsed, inners.value, traded.value));
  if (!markets.ok) return markets;
  const companions = new Map(others.value.map(({ symbol, bars }) => [symbol, bars]));
  return ok({ markets: markets.value, companions, warnings });
}

type Parse<T> = (bytes: Uint8Array, fileName: string) => Result<T, { readonly detail: string }>;

function parseFile<T extends ParsedPrices>(
  file: string,
  bytes: Uint8Array,
  parse: Parse<T>,
  warnings: string[],
): Result<T, string> {
  const parsed = parse(bytes, file);
  if (!parsed.ok) return fail(`${file}: ${parsed.error.detail}`);
  const found = Object.entries(parsed.value.counts).filter(([, count]) => count > 0);
  const words = found.map(([kind, count]) => `${count} ${kind}`).join(', ');
  if (words !== '') warnings.push(`${file}: ${words}`);
  return parsed;
}

function barsInside(file: string, { symbol, timeframe, bars }: ParsedBars): Inner {
  const place = (outer: ParsedBars): Result<InnerPrices, string> =>
    timeframeMs(timeframe)! < timeframeMs(outer.timeframe)!
      ? ok(innerBars(outer.bars, outer.timeframe, bars))
      : fail(`${file}: bars of ${timeframe} do not lie inside bars of ${outer.timeframe}.`);
  return { symbol, place };
}

function ticksInside({ symbol, ticks }: ParsedTicks): Inner {
  return { symbol, place: (outer) => ok(innerTicks(outer.bars, outer.timeframe, ticks)) };
}

/** One market needs no names to know which prices are its own. */
function marketOf(
  parsed: ParsedBars,
  inners: readonly Inner[],
  traded: readonly ParsedBars[],
): Result<Market, string> {
  const { symbol, bars } = parsed;
  const isAlone = traded.length === 1 && inners.length === 1;
  const own = isAlone ? inners[0] : inners.find((inner) => inner.symbol === symbol);
  if (!own) return ok({ symbol, bars, inner: null });
  const inner = own.place(parsed);
  return inner.ok ? ok({ symbol, bars, inner: inner.value }) : inner;
}

function repeated(of: readonly { readonly symbol: string }[]): string | undefined {
  const symbols = of.map(({ symbol }) => symbol);
  return symbols.find((symbol, k) => symbols.indexOf(symbol) !== k);
}

/** The values of all, or the first failure. */
function collect<A, B>(
  all: readonly A[],
  make: (one: A) => Result<B, string>,
): Result<readonly B[], string> {
  const made: B[] = [];
  for (const one of all) {
    const result = make(one);
    if (!result.ok) return result;
    made.push(result.value);
  }
  return ok(made);
}

function then<A, B>(
  result: Result<A, string>,
  make: (value: A) => Result<B, string>,
): Result<B, string> {
  return result.ok ? make(result.value) : result;
}
