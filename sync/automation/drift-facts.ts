/** What the log knows of a bot's deals: the quotes they were sent at, and why others were not. */
import { sql } from 'drizzle-orm';
import type { Ask } from '#core/automation/asks.ts';
import type { BotTrip } from '#core/automation/bot-book.ts';
import type { DriftFacts, SentQuote } from '#core/automation/drift.ts';
import type { Queries } from '../database/queries.ts';
import type { BotAccount } from './bot-book.ts';
import type { BotOrderState } from './bot-orders.ts';
import type { KeptBar } from './bot-rows.ts';

interface SentRow extends Record<string, unknown> {
  readonly bar_ms: string;
  readonly state: BotOrderState;
  readonly reason: string | null;
  readonly asks: readonly Ask[];
  readonly bid: number | null;
  readonly ask: number | null;
  readonly position: string | null;
  readonly t: string | null;
  readonly broker_order: string | null;
}

/** The newest; who trades more sees less of the oldest explained. */
const mostRows = 20_000;

export async function driftFacts(
  queries: Queries,
  { userId, botId }: BotAccount,
  bars: readonly KeptBar[],
): Promise<Pick<DriftFacts, 'quoteOf' | 'leftBy' | 'reasonAt'>> {
  const rows = await queries.execute<SentRow>(sql`
    select asked.bar_ms, asked.state, asked.reason, asked.asks, asked.bid, asked.ask,
      coalesce(made.facts ->> 'position', made.body ->> 'position',
        made.body #>> '{target,position}') as position,
      made.body ->> 't' as t, made.broker_order
    from "bot_orders" asked
    left join "order_intents" made on made.user_id = asked.user_id
      and made.intent_id = any(asked.intent_ids)
    where asked.user_id = ${userId} and asked.bot_id = ${botId}
    order by asked.bar_ms desc limit ${mostRows}`);
  const quotes = new Map<string, SentQuote>();
  const moved = new Set<string>();
  const parts = new Set<string>();
  for (const { t, position, bid, ask, asks, broker_order: order } of rows) {
    const [first] = asks;
    if (t === 'modify' && position !== null) moved.add(position);
    if (first?.t === 'close' && first.part !== undefined && order !== null) parts.add(order);
    const isMarket = t === 'close' || isMarketEntry(asks);
    if (position === null || bid === null || ask === null || !isMarket) continue;
    // Of what leaves in parts each has its own.
    const name = t === 'close' ? `exit ${order ?? position}` : `entry ${position}`;
    quotes.set(name, { bid, ask });
  }
  const exitQuote = ({ exitOrder, position }: BotTrip) =>
    quotes.get(`exit ${exitOrder}`) ?? quotes.get(`exit ${position}`) ?? null;
  return {
    quoteOf: (trip: BotTrip, end) =>
      end === 'entry'
        ? (quotes.get(`entry ${trip.position}`) ?? null)
        : trip.reason === 'rule'
          ? exitQuote(trip)
          : null,
    leftBy: ({ reason, position, exitOrder = '' }) =>
      parts.has(exitOrder) ? 'part' : reason === 'stop' && moved.has(position) ? 'moved' : 'exit',
    reasonAt: (barMs, side) => reasonAt(rows, bars, barMs, side),
  };
}

const isMarketEntry = ([ask]: readonly Ask[]): boolean =>
  ask?.t === 'enter' && ask.kind === 'market';

/** What was asked at the close of the bar before, and what became of it. */
function reasonAt(
  rows: readonly SentRow[],
  bars: readonly KeptBar[],
  barMs: number,
  side: 1 | -1,
): string | null {
  const at = bars.findLastIndex(({ openMs }) => openMs < barMs);
  const before = bars[at];
  if ((before?.decided ?? 'late') === 'late' || !before) return 'late';
  const asked = rows.find(
    (row) =>
      Number(row.bar_ms) === before.openMs &&
      row.asks.some((ask) => ask.t === 'enter' && ask.side === side),
  );
  if (asked && ['refused', 'missed', 'dropped'].includes(asked.state)) {
    return asked.reason ?? asked.state;
  }
  return null;
}
