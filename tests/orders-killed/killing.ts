/** One life of a request: the server dies at a given question to Postgres, and begins again. */
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import type { TradeRequest } from '../../core/broker/request.ts';
import type { Queries } from '../../sync/database/queries.ts';
import type { AnotherServer } from '../accounts/another-server.ts';
import type { Visitor } from '../accounts/visitor.ts';
import { until } from '../server-process.ts';
import { buy, bookOf, closing, freshAccount, priced, submit } from './ground.ts';
import type { Ground, Trader } from './ground.ts';
import { isAtRest, keptOf, prove, proveTrail, type Kept } from './proof.ts';
import type { Trap } from './trapping-proxy.ts';

export type Kind = 'open' | 'close';

export interface Point {
  readonly kind: Kind;
  readonly question: number;
  readonly when: Trap['when'];
}

export interface Outcome {
  /** False where all was over before the trap was reached. */
  readonly wasKilled: boolean;
  /** How much the server asked Postgres on the whole way, or until it died. */
  readonly asked: number;
  /** What the device had heard by then. */
  readonly wasAnswered: boolean;
  /** What had become of the request when the server began again; null where it was never taken. */
  readonly left: string | null;
  /** What became of it in the end, before it was asked again. */
  readonly state: string | null;
}

/** A server that stands ready, and who trades on it. */
export interface Stage {
  readonly ground: Ground;
  readonly queries: Queries;
  readonly trader: Trader;
  server: AnotherServer;
}

export async function lifeOf(stage: Stage, point: Point): Promise<Outcome> {
  const { ground, trader } = stage;
  let who = trader.at(stage.server);
  const { request, accountId } = await prepared(ground, who, point.kind);
  const { killed, answer, asked } = await killedOnTheWay(stage, who, { request, point });
  const sql = ground.at.sql;
  if (!killed) {
    expect(answer).toEqual([expect.any(String)]);
    const kept = await keptOf(sql, accountId);
    prove(kept);
    await who.post('terminals.revoke', { accountId });
    const { state } = intentOf(kept, request)!;
    return { wasKilled: false, asked, wasAnswered: true, left: state, state };
  }
  const left = intentOf(await keptOf(sql, accountId), request);
  // Half a minute passes, in which nobody says that the terminal is still held.
  await sql`update trading_accounts set lease_until_ms = 0 where account_id = ${accountId}`;
  stage.server = await ground.start();
  who = trader.at(stage.server);
  const kept = await atRest(ground, who, accountId);
  prove(kept);
  await proveTrail(stage.queries, trader.userId);
  const intent = intentOf(kept, request);
  const wasAnswered = Array.isArray(answer);
  if (wasAnswered) expect(kept.requests.get(request.id), 'what was told is kept').toEqual(answer);
  if (!intent) expect(kept.requests.has(request.id)).toBe(false);
  await askedAgain(stage, who, { request, kept });
  await who.post('terminals.revoke', { accountId });
  return {
    ...{ wasKilled: true, asked, wasAnswered },
    left: left?.state ?? null,
    state: intent?.state ?? null,
  };
}

async function prepared(
  ground: Ground,
  who: Visitor,
  kind: Kind,
): Promise<{ readonly accountId: string; readonly request: TradeRequest }> {
  const book = await freshAccount(who);
  const { accountId } = book.account;
  const opening = buy(accountId, book);
  return {
    accountId,
    request: kind === 'open' ? opening : closing(accountId, await opened(ground, who, accountId)),
  };
}

/** A position; a market order that a busy machine does not get to in its time expires. */
export async function opened(ground: Ground, who: Visitor, accountId: string): Promise<string> {
  for (;;) {
    const request = buy(accountId, await priced(who, accountId));
    expect(await submit(who, request)).toEqual([expect.any(String)]);
    await atRest(ground, who, accountId);
    const [held] = (await bookOf(who, accountId)).positions;
    if (held) return held.position;
  }
}

const intentOf = ({ intents }: Kept, request: TradeRequest) =>
  intents.find(({ requestId }) => requestId === request.id);

interface Asking {
  readonly request: TradeRequest;
  readonly point: Point;
}

async function killedOnTheWay(
  { ground, server }: Stage,
  who: Visitor,
  { request, point }: Asking,
): Promise<{
  readonly killed: boolean;
  readonly asked: number;
  readonly answer: Awaited<ReturnType<typeof submit>>;
}> {
  const { proxy, at } = ground;
  let dying: Promise<void> | null = null;
  proxy.set({ ...point, spring: () => void (dying ??= server.kill()) });
  const answer = await submit(who, request);
  if (typeof answer === 'string') expect(answer, 'it is not refused').toBe(null);
  while (!dying && !isDone(await keptOf(at.sql, request.accountId), request)) await wait(20);
  // What is still on its way to all who wait for it.
  if (!dying) await wait(quietMs);
  const killed = dying !== null;
  await dying;
  return { killed, asked: proxy.clear(), answer };
}

const quietMs = 100;

const isDone = (kept: Kept, request: TradeRequest): boolean =>
  isAtRest(kept) && intentOf(kept, request) !== undefined;

/** When nothing is open any more; times that only have to pass are made to have passed. */
export async function atRest(ground: Ground, who: Visitor, accountId: string): Promise<Kept> {
  const { sql } = ground.at;
  await priced(who, accountId);
  let kept = await keptOf(sql, accountId);
  await until(async () => {
    kept = await keptOf(sql, accountId);
    if (!isAtRest(kept)) await passQuarantine(ground, kept, accountId);
    return isAtRest(kept);
  });
  return kept;
}

/** Each look that found nothing was half a minute ago, and the terminal comes for the next one. */
async function passQuarantine({ at: { sql } }: Ground, kept: Kept, accountId: string) {
  const scanned = kept.intents.filter(
    ({ state, lastScanMs }) => state === 'unknown' && lastScanMs !== null,
  );
  const recent = scanned.filter(({ lastScanMs }) => (lastScanMs ?? 0) > Date.now() - 15_000);
  for (const { id } of recent) {
    await sql`update order_intents set facts = facts || jsonb_build_object(
      'lastScanMs', (facts ->> 'lastScanMs')::bigint - 60000) where intent_id = ${id}`;
  }
  if (recent.length > 0) await sql.notify('offing_accounts', `${accountId} changed`);
}

/** The device asks again under the same id. */
async function askedAgain(
  { ground, queries, trader }: Stage,
  who: Visitor,
  { request, kept }: { readonly request: TradeRequest; readonly kept: Kept },
): Promise<void> {
  const before = kept.requests.get(request.id);
  const again = await submit(who, request);
  if (before) expect(again, 'the same answer').toEqual(before);
  else expect(again, 'taken now').toEqual([expect.any(String)]);
  const after = await atRest(ground, who, request.accountId);
  prove(after);
  if (before) expect(after.broker.deals.length).toBe(kept.broker.deals.length);
  else expect(['filled', 'expired']).toContain(intentOf(after, request)?.state);
  await proveTrail(queries, trader.userId);
}
