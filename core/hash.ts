/**
 * The fingerprint of a run: the same bars, rules and settings give it on every machine.
 *
 * SHA-256 over `offing.run.1` and a line feed, then sections, each a line `name kind length` and
 * that many values:
 *
 * - texts (`utf8`, length in bytes): `rules`, `settings` (see `canonicalSettings`);
 * - `scale` of the bars (`f64`), then their columns, prices in points as they are kept: `times`,
 *   `bid.open` `bid.high` `bid.low` `bid.close`, the same of `ask`, `volume`, `spread`; a column
 *   the bars have not is left out;
 * - `trips.entryBar` `.exitBar` `.entryPrice` `.exitPrice` `.units` `.profit` and `equity`, all
 *   as `f64`;
 * - only where a run has it: `trips.market`; what moved inside the bars as `inner.scale`,
 *   `inner.times` and the columns of its bars, or `inner.bid` `inner.ask` of ticks; each further
 *   market, numbered from 1, as `market.1.scale` and so on, its inner prices as
 *   `market.1.inner.scale`; the bars of a symbol that the rules read as `symbol.NAME.scale`.
 *
 * Numbers are little-endian: `f64` or, for prices in points, `i32`. No statistic is in it.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { InnerPrices, Market } from './execution/order-desk.ts';
import type { Outcome } from './execution/outcome.ts';
import type { Bars, PriceColumns } from './market/bars.ts';

export interface HashedRun {
  readonly bars: Bars;
  /** What moved inside the bars; missing or null = they alone were walked. */
  readonly inner?: InnerPrices | null;
  /** Further markets on the same account, in their order. */
  readonly others?: readonly Pick<Market, 'bars' | 'inner'>[];
  /** Bars of other symbols that the rules read, by name. */
  readonly companions?: ReadonlyMap<string, Bars>;
  /** The rule text. */
  readonly source: string;
  readonly canonicalSettings: string;
  readonly outcome: Outcome;
}

type Column = Int32Array | Float64Array;
type Sections = Generator<readonly [name: string, column: Column]>;

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
const VALUES_PER_STEP = 1 << 17;

/** Hex. Yields the share done, 0 … 1, about every megabyte. */
export function* hashRun(run: HashedRun): Generator<number, string> {
  const parts = hashedBytes(run);
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  const hash = sha256.create();
  let done = 0;
  for (const part of parts) {
    hash.update(part);
    done += part.length;
    yield done / total;
  }
  return bytesToHex(hash.digest());
}

/** What is hashed, in order: views of the run's own columns, at most a megabyte each. */
export function hashedBytes(run: HashedRun): readonly Uint8Array[] {
  const parts: Uint8Array[] = [utf8ToBytes('offing.run.1\n')];
  for (const [name, text] of [
    ['rules', run.source],
    ['settings', run.canonicalSettings],
  ] as const) {
    const bytes = utf8ToBytes(text);
    parts.push(utf8ToBytes(`${name} utf8 ${bytes.length}\n`), bytes);
  }
  for (const [name, column] of sections(run)) {
    const kind = column instanceof Int32Array ? 'i32' : 'f64';
    parts.push(utf8ToBytes(`${name} ${kind} ${column.length}\n`));
    for (let from = 0; from < column.length; from += VALUES_PER_STEP) {
      parts.push(littleEndian(column.subarray(from, from + VALUES_PER_STEP)));
    }
  }
  return parts;
}

function* sections({ bars, outcome, inner, others = [], companions }: HashedRun): Sections {
  const trips = outcome.roundTrips;
  yield* barSections('', bars);
  yield ['trips.entryBar', Float64Array.from(trips.entryBar)];
  yield ['trips.exitBar', Float64Array.from(trips.exitBar)];
  yield ['trips.entryPrice', trips.entryPrice];
  yield ['trips.exitPrice', trips.exitPrice];
  yield ['trips.units', trips.units];
  yield ['trips.profit', trips.profit];
  yield ['equity', outcome.equity];
  if (trips.market) yield ['trips.market', Float64Array.from(trips.market)];
  if (inner) yield* innerSections('inner.', inner);
  for (const [k, market] of others.entries()) {
    yield* barSections(`market.${k + 1}.`, market.bars);
    if (market.inner) yield* innerSections(`market.${k + 1}.inner.`, market.inner);
  }
  for (const [symbol, own] of companions ?? []) yield* barSections(`symbol.${symbol}.`, own);
}

function* barSections(prefix: string, bars: Bars): Sections {
  yield [`${prefix}scale`, Float64Array.of(bars.scale)];
  yield [`${prefix}times`, bars.timesMs];
  yield* priceSections(`${prefix}bid`, bars.bid);
  if (bars.ask) yield* priceSections(`${prefix}ask`, bars.ask);
  if (bars.volume) yield [`${prefix}volume`, bars.volume];
  if (bars.spreadPoints) yield [`${prefix}spread`, bars.spreadPoints];
}

function* innerSections(prefix: string, inner: InnerPrices): Sections {
  if (inner.kind === 'bars') return yield* barSections(prefix, inner.bars);
  const { scale, timesMs, bid, ask } = inner.ticks;
  yield [`${prefix}scale`, Float64Array.of(scale)];
  yield [`${prefix}times`, timesMs];
  yield [`${prefix}bid`, bid];
  if (ask) yield [`${prefix}ask`, ask];
}

function* priceSections(name: string, columns: PriceColumns): Sections {
  yield [`${name}.open`, columns.open];
  yield [`${name}.high`, columns.high];
  yield [`${name}.low`, columns.low];
  yield [`${name}.close`, columns.close];
}

/** The column's own memory where the machine is little-endian, as nearly all are. */
function littleEndian(column: Column): Uint8Array {
  const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  if (isLittleEndian) return bytes;
  const width = column.BYTES_PER_ELEMENT;
  return bytes.map((_, i) => bytes[i - (i % width) + (width - 1 - (i % width))]!);
}
