/**
 * Bars that a source told, kept in the database until they are old.
 *
 * Each knows when the bar before it opened, as the source said: a page is taken from here only
 * where its bars hang together, so that a gap of what is kept is never taken for a gap of the
 * market. Closed bars are kept for long; the newest passes for the newest for a moment.
 */
import { sql } from 'drizzle-orm';
import type { Queries } from '../database/queries.ts';
import { closesMs } from './bar-rows.ts';
import type { BarRoom } from './bar-room.ts';
import type { BarsStore } from './page-of-bars.ts';
import { ownerOf, tableOf, type BarsOf } from './bar-table.ts';
import type { BarRow, BarsAsk, FetchedBars } from './provider.ts';

export interface KeptBars {
  /** Oldest first, without a gap up to what was asked. */
  readonly rows: readonly BarRow[];
  /** Null: what lies before them is not known here. */
  readonly hasMore: boolean | null;
  readonly digits: number;
  /** When the oldest answer among them was given. */
  readonly heardMs: number;
}

const keptMs = 30 * 86_400_000;
const noneBefore = -1;

interface Row extends Record<string, unknown> {
  readonly open_ms: string;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number | null;
  readonly digits: number;
  readonly prev_ms: string | null;
  readonly newest_until_ms: string | null;
  readonly heard_ms: string;
}

/** Null where the end of the page is not here. */
export async function readKept(
  queries: Queries,
  of: BarsOf,
  ask: BarsAsk,
  nowMs: number,
): Promise<KeptBars | null> {
  const { symbol, timeframe, beforeMs, limit } = ask;
  const until = beforeMs ?? Number.MAX_SAFE_INTEGER;
  // One more on the newer side: it tells which bar is the last before it, however old it is itself.
  const rows = await queries.execute<Row>(sql`
    select open_ms, open, high, low, close, volume, digits, prev_ms, newest_until_ms, heard_ms
    from ${tableOf(of)} where (${ownerOf(of)} and symbol = ${symbol} and timeframe = ${timeframe}
      and open_ms <= ${until} and (expires_ms > ${nowMs} or open_ms = ${beforeMs ?? noneBefore}))
    order by open_ms desc limit ${limit + 1}`);
  return hangingTogether(rows, { beforeMs, limit, nowMs });
}

function hangingTogether(
  rows: readonly Row[],
  { beforeMs, limit, nowMs }: Pick<BarsAsk, 'beforeMs' | 'limit'> & { readonly nowMs: number },
): KeptBars | null {
  const [newest, ...older] = rows;
  if (!newest) return null;
  const isEnd =
    beforeMs === null
      ? Number(newest.newest_until_ms) > nowMs
      : Number(newest.open_ms) === beforeMs;
  if (!isEnd) return null;
  const all = beforeMs === null ? rows : older;
  let wanted = beforeMs === null ? Number(newest.open_ms) : msOf(newest.prev_ms);
  const found: Row[] = [];
  for (const row of all) {
    if (found.length === limit || Number(row.open_ms) !== wanted) break;
    found.push(row);
    wanted = msOf(row.prev_ms);
  }
  // Of a page of which not even the first is here, only that there is none may be known.
  if (found.length === 0 && wanted !== noneBefore) return null;
  return {
    rows: found.reverse().map(rowOf),
    hasMore: wanted === null ? null : wanted !== noneBefore,
    digits: Math.max(0, ...found.map(({ digits }) => digits)),
    heardMs: Math.min(nowMs, ...found.map(({ heard_ms }) => Number(heard_ms))),
  };
}

const msOf = (text: string | null) => (text === null ? null : Number(text));

function rowOf({ open_ms, open, high, low, close, volume }: Row): BarRow {
  return { openMs: Number(open_ms), open, high, low, close, volume };
}

/** Keeps what was fetched; of the newest page its end for `newestMs` alone. */
export async function keepBars(
  queries: Queries,
  of: BarsOf,
  fetched: { readonly ask: BarsAsk; readonly bars: FetchedBars },
  times: { readonly heardMs: number; readonly newestMs: number },
): Promise<void> {
  const { ask, bars } = fetched;
  const { symbol, timeframe, beforeMs } = ask;
  const { rows, hasMore, digits } = bars;
  const first = rows[0];
  const last = rows.at(-1);
  const { heardMs, newestMs } = times;
  if (first && last) {
    const kept = rows.map((row, i) => {
      const isOpen = closesMs(row.openMs, timeframe) > heardMs;
      const isNewest = beforeMs === null && row === last;
      const before = row === first ? (hasMore ? null : noneBefore) : (rows[i - 1]?.openMs ?? null);
      return {
        ...row,
        prevMs: before,
        newestUntilMs: isNewest ? heardMs + newestMs : null,
        expiresMs: heardMs + (isOpen ? newestMs : keptMs),
      };
    });
    await write(queries, of, { symbol, timeframe, digits, heardMs, text: JSON.stringify(kept) });
  }
  // The bar that was asked from knows now what lies before it.
  const before = last ? last.openMs : hasMore ? null : noneBefore;
  if (beforeMs === null || before === null) return;
  await queries.execute(sql`
    update ${tableOf(of)} set prev_ms = ${before}::bigint where (${ownerOf(of)}
      and symbol = ${symbol} and timeframe = ${timeframe} and open_ms = ${beforeMs})`);
}

async function write(
  queries: Queries,
  of: BarsOf,
  bars: {
    readonly symbol: string;
    readonly timeframe: string;
    readonly digits: number;
    readonly heardMs: number;
    readonly text: string;
  },
): Promise<void> {
  const { symbol, timeframe, digits, heardMs, text } = bars;
  const isOfAccount = 'userId' in of;
  const owners = isOfAccount ? sql`"user_id", "account_id"` : sql`"source"`;
  const owner = isOfAccount
    ? sql`${of.userId}::uuid, ${of.accountId}::uuid`
    : sql`${of.source}::text`;
  const key = sql`${owners}, "symbol", "timeframe", "open_ms"`;
  const kept = sql`excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
    volume = excluded.volume, digits = excluded.digits, heard_ms = excluded.heard_ms,
    expires_ms = excluded.expires_ms, newest_until_ms = excluded.newest_until_ms`;
  // As one text, so that the statement is the same for any number; in the order of the key, so
  // that two who write the same wait for one another.
  await queries.execute(sql`
    insert into ${tableOf(of)} as held (${owners}, "symbol", "timeframe", "open_ms", "open", "high",
      "low", "close", "volume", "digits", "prev_ms", "newest_until_ms", "heard_ms", "expires_ms")
    select ${owner}, ${symbol}::text, ${timeframe}::text, given."openMs", given.open, given.high,
      given.low, given.close, given.volume, ${digits}::integer, given."prevMs",
      given."newestUntilMs", ${heardMs}::bigint, given."expiresMs"
    from jsonb_to_recordset(${text}::text::jsonb) as given ("openMs" bigint, "open" float8,
      "high" float8, "low" float8, "close" float8, "volume" float8, "prevMs" bigint,
      "newestUntilMs" bigint, "expiresMs" bigint)
    order by given."openMs"
    on conflict (${key}) do update set open = ${kept},
      prev_ms = coalesce(excluded.prev_ms, held.prev_ms)`);
}

/** Bars of one owner as pages are put together of them; without room no more are kept. */
export function keptBars(
  { queries, room, now }: { readonly queries: Queries; readonly room: BarRoom; now(): number },
  of: BarsOf,
  newestMs: number,
): BarsStore {
  return {
    read: (ask) => readKept(queries, of, ask, now()),
    async keep(ask, bars) {
      if (!(await room.hasRoom(queries, of, bars.rows.length))) return;
      await keepBars(queries, of, { ask, bars }, { heardMs: now(), newestMs });
    },
  };
}
