/** What a connector may say, checked field by field: finite, bounded, nothing unknown believed. */
import { z } from 'zod';
import { MOST_BARS, type ConnectorMessage } from '#core/broker/messages.ts';

const mostInstruments = 5_000;
const mostItems = 5_000;
const mostDeals = 2_000;
const mostFates = 500;
const mostQuotes = 1_000;

/** zod's numbers are finite; these are of a size that arithmetic bears. */
const amount = z.number().min(-1e15).max(1e15);
const positive = z.number().positive().max(1e12);
const notNegative = z.number().min(0).max(1e15);
const price = notNegative;
const level = price.nullable();
const timeMs = z.int().min(0).max(8_640_000_000_000_000);
const count = z.int().min(0).max(1_000_000_000);
/** MT5's are numbers; an exchange's may be any word. */
const ticket = z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/);
/** Absent is no ticket: a broker that has none says null. */
const ticketOrNone = ticket.nullable();
const text = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\0\p{Cs}]*$/u);
const symbol = text(64).min(1);
const comment = text(128);
const magic = z.string().regex(/^\d{1,20}$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const side = z.enum(['buy', 'sell']);
const id = z.uuid();
const attempt = z.int().min(1).max(1_000);

const account = z.object({
  login: text(64).min(1),
  brokerServer: text(128).min(1),
  currency: text(16).min(1),
  leverage: notNegative,
  mode: z.enum(['hedging', 'netting']),
  isDemo: z.boolean(),
  isTradeAllowed: z.boolean(),
  balance: amount,
  equity: amount,
  margin: amount,
  freeMargin: amount,
});

const instrument = z.object({
  symbol,
  description: text(256),
  digits: z.int().min(0).max(16),
  pointSize: positive,
  tickSize: positive,
  tickValue: notNegative,
  contractSize: positive,
  volumeMinLots: positive,
  volumeMaxLots: positive,
  volumeStepLots: positive,
  stopsLevelPoints: notNegative,
  freezeLevelPoints: notNegative,
  marginPerLot: notNegative,
  swapLongPoints: amount,
  swapShortPoints: amount,
  tradeMode: z.enum(['full', 'long-only', 'short-only', 'close-only', 'disabled']),
  fillings: z.array(z.enum(['fok', 'ioc', 'return'])).max(3),
});

const position = z.object({
  position: ticket,
  ticket,
  symbol,
  side,
  volumeLots: positive,
  openPrice: price,
  openedServerMs: timeMs,
  sl: level,
  tp: level,
  swap: amount,
  profit: amount,
  magic,
  comment,
});

const order = z.object({
  order: ticket,
  symbol,
  side,
  kind: z.enum(['market', 'limit', 'stop', 'stop-limit']),
  volumeLots: notNegative,
  price,
  limitPrice: level,
  sl: level,
  tp: level,
  lastsUntilServerMs: timeMs.nullable(),
  placedServerMs: timeMs,
  magic,
  comment,
});

const deal = z.object({
  deal: ticket,
  /** None of a deposit. */
  order: text(64),
  position: text(64),
  symbol: text(64),
  kind: z.enum(['buy', 'sell', 'balance', 'credit', 'charge', 'other']),
  entry: z.enum(['in', 'out', 'inout', 'out-by']).nullable(),
  volumeLots: notNegative,
  price,
  commission: amount,
  swap: amount,
  profit: amount,
  magic,
  comment,
  serverMs: timeMs,
  reason: z.enum(['client', 'program', 'sl', 'tp', 'stop-out', 'other']),
});

const result = z.object({
  outcome: z.enum(['done', 'placed', 'partial', 'rejected', 'refused', 'unknown']),
  retcode: z.int().min(0).max(0x7fff_ffff),
  reason: z
    .enum([
      'stale',
      'price',
      'read-only',
      'wrong-account',
      'wrong-session',
      'journal',
      'symbol',
      'position',
      'invalid',
    ])
    .nullable(),
  order: ticketOrNone,
  deal: ticketOrNone,
  position: ticketOrNone,
  volumeLots: notNegative,
  price: level,
});

const found = z.object({
  order: ticket,
  state: z.enum(['working', 'filled', 'partial', 'canceled', 'rejected', 'expired']),
  position: ticketOrNone,
  filledLots: notNegative,
  averagePrice: level,
});

const fate = z.object({
  id,
  attempt,
  magic,
  journal: z.enum(['never-seen', 'intent', 'result']),
  result: result.nullable(),
  found: found.nullable(),
});

const points = z.int().min(1).max(1e15);
const saidBar = z.tuple([
  z.int().min(0).max(8_640_000_000_000),
  points,
  points,
  points,
  points,
  notNegative,
]);

const positions = z.array(position).max(mostItems);
const orders = z.array(order).max(mostItems);
const request = z.int().min(0);

const message = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('beat'),
    monotonicMs: z.int().min(0),
    serverMs: timeMs,
    pingUs: count,
    isConnected: z.boolean(),
    isTradeAllowed: z.boolean(),
    queue: count,
    dropped: count,
  }),
  z.object({ t: z.literal('ack'), id, attempt }),
  z.object({ t: z.literal('executing'), id, attempt }),
  z.object({ t: z.literal('result'), id, attempt, result }),
  z.object({ t: z.literal('account'), account }),
  z.object({ t: z.literal('symbols'), instruments: z.array(instrument).max(mostInstruments) }),
  z.object({
    t: z.literal('snapshot'),
    hash,
    isConnected: z.boolean(),
    account,
    positions,
    orders,
  }),
  z.object({
    t: z.literal('delta'),
    hash,
    account,
    positions,
    closedPositions: z.array(ticket).max(mostItems),
    orders,
    endedOrders: z.array(ticket).max(mostItems),
  }),
  z.object({
    t: z.literal('fates'),
    request,
    isWhole: z.boolean(),
    fates: z.array(fate).max(mostFates),
  }),
  z.object({
    t: z.literal('deals'),
    request,
    isWhole: z.boolean(),
    hasMore: z.boolean(),
    deals: z.array(deal).max(mostDeals),
  }),
  z.object({
    t: z.literal('bars'),
    request,
    isWhole: z.boolean(),
    hasMore: z.boolean(),
    digits: z.int().min(0).max(16),
    lacks: z.enum(['symbol', 'timeframe']).nullable(),
    bars: z.array(saidBar).max(MOST_BARS),
  }),
  z.object({
    t: z.literal('quotes'),
    quotes: z.array(z.tuple([symbol, positive, positive, timeMs])).max(mostQuotes),
  }),
]) satisfies z.ZodType<ConnectorMessage>;

/** The message, or where it is wrong: `positions.3.volumeLots`. */
export function readMessage(
  value: Readonly<Record<string, unknown>>,
):
  | { readonly ok: true; readonly value: ConnectorMessage }
  | { readonly ok: false; readonly error: string } {
  const read = message.safeParse(value);
  if (read.success) return { ok: true, value: read.data };
  return { ok: false, error: read.error.issues[0]?.path.join('.').slice(0, 100) ?? '' };
}
