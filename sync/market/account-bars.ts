/** Past prices of a trading account, told by whatever connector stands before its broker. */
import { MOST_BARS, type BarsAnswer, type BarsQuestion } from '#core/broker/messages.ts';
import { serverOfUtc, serverZone, utcOfServer } from '#core/broker/server-zone.ts';
import type { ErrorCode, Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { HistoryTrouble } from '../terminals/history-asks.ts';
import { areTrue } from './bar-rows.ts';
import type { BarRow, BarsAsk, FetchedBars } from './provider.ts';

/** A connector as far as past prices go. */
export interface Historian {
  readonly kind: 'mt5' | 'paper' | 'exchange';
  /** Its broker's clock less ours, as it last said; null where it has not. */
  readonly offsetMs: number | null;
  ask(question: BarsQuestion): Promise<Result<BarsAnswer, HistoryTrouble>>;
}

export interface AskClock {
  now(): number;
  wait(ms: number): Promise<void>;
}

/** A terminal that loads its history is asked again so long after; then it is given up for now. */
const pausesMs = [300, 700, 1_500, 3_000] as const;

/** A page of bars in UTC. Errors: `market.…`. */
export async function accountBars(
  historian: Historian,
  ask: BarsAsk,
  clock: AskClock,
): Promise<Result<FetchedBars, Failure>> {
  const { kind, offsetMs } = historian;
  if (offsetMs === null) return lost('silent');
  const changes = kind === 'mt5' ? ('with-seasons' as const) : ('never' as const);
  const zone = serverZone({ offsetMs, nowMs: clock.now() }, changes);
  const beforeServerMs = ask.beforeMs === null ? null : serverOfUtc(ask.beforeMs, zone);
  const question: BarsQuestion = {
    symbol: ask.symbol,
    timeframe: ask.timeframe,
    beforeServerMs,
    limit: Math.min(ask.limit, MOST_BARS),
  };
  for (let tries = 0; ; tries++) {
    const answered = await historian.ask(question);
    if (!answered.ok) return lost(answered.error);
    const { isWhole, lacks, bars, hasMore, digits } = answered.value;
    if (lacks) return refusals[lacks];
    const pauseMs = pausesMs[tries];
    if (!isWhole && pauseMs === undefined) return loading;
    if (!isWhole) {
      await clock.wait(pauseMs ?? 0);
      continue;
    }
    const utcMs = utcOfServer(
      bars.map(([openServerS]) => openServerS * 1_000),
      zone,
    );
    const rows = inUtc(bars, utcMs, digits).filter(({ openMs }) => {
      return ask.beforeMs === null || openMs < ask.beforeMs;
    });
    // A page without an end could be asked for for ever.
    if (!areTrue(rows)) return lost('nonsense');
    return ok({ rows, hasMore: hasMore && rows.length > 0, digits });
  }
}

/** What the clocks skipped or had twice is left out: bars rise in time. */
function inUtc(bars: BarsAnswer['bars'], utcMs: Float64Array, digits: number): readonly BarRow[] {
  const scale = 10 ** digits;
  const rows: BarRow[] = [];
  bars.forEach(([, open, high, low, close, volume], i) => {
    const openMs = utcMs[i] ?? NaN;
    if (!(openMs > (rows.at(-1)?.openMs ?? -Infinity))) return;
    const prices = { open: open / scale, high: high / scale, low: low / scale };
    rows.push({ openMs, ...prices, close: close / scale, volume });
  });
  return rows;
}

const because = (code: ErrorCode, detail: string) => fail<Failure>({ code, detail });
const loading = because('market.loading', 'The terminal is still loading its history.');
const refusals = {
  symbol: because('market.symbol-unknown', 'The broker has no such symbol.'),
  timeframe: because('market.timeframe-unknown', 'The terminal has no such timeframe.'),
} as const;

function lost(why: HistoryTrouble | 'nonsense'): Result<never, Failure> {
  if (why === 'no-history') {
    return because('market.no-history', 'The connector is too old to tell past prices.');
  }
  if (why === 'gone') return because('market.offline', 'The connector is not here.');
  const detail = `The terminal: ${why}.`;
  return fail({ code: 'market.unavailable', detail, figures: { terminal: why } });
}
