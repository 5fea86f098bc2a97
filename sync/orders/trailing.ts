/**
 * Trailing stops: the stop follows the best price, is never taken back, and goes on wherever the
 * trader is. What was asked last is kept with it, so that a restart asks for nothing twice.
 */
import { childId } from '#core/broker/identity.ts';
import type { Instrument, Quote } from '#core/broker/instrument.ts';
import { finalStates } from '#core/broker/intent.ts';
import { trailedStop } from '#core/risk/trail.ts';
import { intentOf } from './drafts.ts';
import type { HeldPosition, HeldTrail, OrderTx } from './order-store.ts';
import { begin } from './step.ts';

/** One trail with all that moves it, as a desk remembers it between transactions. */
export interface Followed {
  readonly held: HeldTrail;
  readonly position: HeldPosition;
  readonly instrument: Instrument;
}

const eachMs = 1_000;

export interface TrailWatch {
  /** Takes over what is kept; best prices seen since then stay. */
  remember(trails: readonly Followed[]): void;
  readonly symbols: readonly string[];
  /** Positions whose stop should move now. */
  due(quotes: readonly Quote[], nowMs: number): readonly string[];
  bestPrice(position: string): number | null;
  asked(position: string, nowMs: number): void;
}

export function trailWatch(): TrailWatch {
  let followed: readonly Followed[] = [];
  const best = new Map<string, number>();
  const askedMs = new Map<string, number>();
  return {
    remember(trails) {
      const before = new Map(followed.map(({ held }) => [held.position, held]));
      followed = trails;
      const kept = new Map(trails.map(({ held }) => [held.position, held]));
      for (const position of best.keys()) {
        const held = kept.get(position);
        if (!held || isSetAnew(before.get(position), held)) best.delete(position);
      }
    },
    get symbols() {
      return [...new Set(followed.map(({ position }) => position.symbol))];
    },
    due(quotes, nowMs) {
      const bySymbol = new Map(quotes.map((quote) => [quote.symbol, quote]));
      return followed.flatMap((each) => {
        const quote = bySymbol.get(each.position.symbol);
        if (!quote) return [];
        const { position } = each.held;
        const price = betterOf(each.position, best.get(position) ?? each.held.bestPrice, quote);
        best.set(position, price);
        const waits = nowMs - (askedMs.get(position) ?? -Infinity) < eachMs;
        return !waits && stopFor(each, price) !== null ? [position] : [];
      });
    },
    bestPrice: (position) => best.get(position) ?? null,
    asked: (position, nowMs) => void askedMs.set(position, nowMs),
  };
}

/** Another trail in place of the one before, whose best price is not its own. */
function isSetAnew(before: HeldTrail | undefined, now: HeldTrail): boolean {
  if (!before) return false;
  const names = ['activationPips', 'distancePips', 'lockPips'] as const;
  const isOther = names.some((name) => before.trail[name] !== now.trail[name]);
  return isOther || (before.askedSl !== null && now.askedSl === null);
}

/** What a position would be closed at, where that is better than what was seen so far. */
function betterOf({ side }: HeldPosition, before: number | null, quote: Quote): number {
  const now = side === 'buy' ? quote.bid : quote.ask;
  if (before === null) return now;
  return side === 'buy' ? Math.max(before, now) : Math.min(before, now);
}

/** The stop to ask for; null where it would not move by a tick in the position's favour. */
function stopFor({ held, position, instrument }: Followed, bestPrice: number): number | null {
  const wished = trailedStop(held.trail, position, instrument, bestPrice);
  if (wished === null) return null;
  const direction = position.side === 'buy' ? 1 : -1;
  const known = [position.sl, held.askedSl].filter((stop) => stop !== null);
  const least = instrument.tickSize * 0.999;
  return known.every((stop) => (wished - stop) * direction >= least) ? wished : null;
}

/** Asks for the stop, where that is still right now that the account is held. */
export async function moveStop(
  tx: OrderTx,
  { position: id, bestPrice }: { readonly position: string; readonly bestPrice: number },
  nowMs: number,
): Promise<void> {
  const [trails, positions, open] = await Promise.all([
    tx.trails(),
    tx.positions(),
    tx.openIntents(),
  ]);
  const held = trails.find(({ position }) => position === id);
  const position = positions.find((each) => each.position === id);
  if (!held || !position) return;
  const isAsked = open.some(
    ({ body, state }) =>
      body.t === 'modify' &&
      'position' in body.target &&
      body.target.position === id &&
      !finalStates.has(state),
  );
  const [instrument] = await tx.instruments([position.symbol]);
  if (isAsked || !instrument) return;
  const sl = stopFor({ held, position, instrument }, bestPrice);
  if (sl === null) return;
  const levels = { price: null, limitPrice: null, sl, tp: position.tp, lastsUntilMs: null };
  const body = { t: 'modify' as const, target: { position: id }, ...levels };
  const { accountId } = tx.account;
  const requestId = childId(accountId, `trail ${id} ${sl} ${nowMs}`);
  const draft = { part: null, body, state: 'created' as const };
  await begin(tx, intentOf(draft, { accountId, requestId, origin: 'trail', nowMs }));
  await tx.saveTrail({ ...held, bestPrice, askedSl: sl });
}

/** Trails whose position is there, with their instruments. */
export async function followedTrails(tx: OrderTx): Promise<readonly Followed[]> {
  const trails = await tx.trails();
  if (trails.length === 0) return [];
  const positions = new Map((await tx.positions()).map((each) => [each.position, each]));
  const symbols = trails.flatMap(({ position }) => positions.get(position)?.symbol ?? []);
  const found = await tx.instruments([...new Set(symbols)]);
  const instruments = new Map(found.map((each) => [each.symbol, each]));
  return trails.flatMap((held) => {
    const position = positions.get(held.position);
    const instrument = position && instruments.get(position.symbol);
    return position && instrument ? [{ held, position, instrument }] : [];
  });
}
