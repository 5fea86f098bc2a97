/** Random work on a store of orders, and all that can be read of it afterwards. */
import fc from 'fast-check';
import type { Deal } from '../../core/broker/book.ts';
import type { Intent } from '../../core/broker/intent.ts';
import { intentOf } from '../../sync/orders/drafts.ts';
import type { HeldPosition, OrderStore, OrderTx } from '../../sync/orders/order-store.ts';
import { market, startMs } from './desk-world.ts';
import { euro } from './fake-terminal.ts';

const id = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;
const small = fc.integer({ min: 1, max: 6 });

export type Step =
  | { readonly t: 'intent'; readonly n: number; readonly isOpen: boolean; readonly lots: number }
  | { readonly t: 'position' | 'order' | 'trail'; readonly n: number; readonly isGone: boolean }
  | { readonly t: 'deals'; readonly ns: readonly number[] }
  | { readonly t: 'request'; readonly n: number }
  | { readonly t: 'account'; readonly equity: number };

export interface Work {
  readonly steps: readonly Step[];
  /** It fails at its end, so that nothing of it may be left. */
  readonly fails: boolean;
}

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    t: fc.constant('intent' as const),
    n: small,
    isOpen: fc.boolean(),
    lots: fc.constantFrom(0, 0.1, 0.3),
  }),
  fc.record({
    t: fc.constantFrom('position' as const, 'order' as const, 'trail' as const),
    n: small,
    isGone: fc.boolean(),
  }),
  fc.record({ t: fc.constant('deals' as const), ns: fc.array(small, { maxLength: 3 }) }),
  fc.record({ t: fc.constant('request' as const), n: small }),
  fc.record({ t: fc.constant('account' as const), equity: fc.integer({ min: 1, max: 9 }) }),
);

export const works: fc.Arbitrary<readonly Work[]> = fc.array(
  fc.record({ steps: fc.array(step, { maxLength: 6 }), fails: fc.boolean() }),
  { maxLength: 6 },
);

/** What each piece of work read at its end, of its own changes as well. */
export async function traceOf(
  store: OrderStore,
  accountId: string,
  given: readonly Work[],
): Promise<readonly unknown[]> {
  const seen: unknown[] = [];
  for (const { steps, fails } of given) {
    try {
      await store.transact(accountId, async (tx) => {
        for (const each of steps) seen.push(await take(tx, accountId, each));
        seen.push(await allOf(tx));
        if (fails) throw new Error('cut short');
      });
    } catch (error) {
      if (!(error instanceof Error && error.message === 'cut short')) throw error;
    }
  }
  seen.push(await store.transact(accountId, allOf));
  return seen;
}

async function take(tx: OrderTx, accountId: string, step: Step): Promise<unknown> {
  switch (step.t) {
    case 'intent':
      await tx.saveIntent(intent(accountId, step));
      await tx.addEvent({ intentId: id(step.n), atMs: startMs, name: 'x', detail: { a: null } });
      return null;
    case 'position':
      if (step.isGone) return tx.removePosition(`${step.n}`);
      return tx.savePosition(position(step.n));
    case 'order':
      if (step.isGone) return tx.removeOrder(`${step.n}`);
      return tx.saveOrder({
        ...{ order: `${step.n}`, symbol: 'EURUSD', side: 'buy', kind: 'limit', volumeLots: 0.1 },
        ...{ price: 1.05, limitPrice: null, sl: null, tp: null, lastsUntilServerMs: null },
        ...{ placedServerMs: startMs, magic: '1', comment: '', intentId: null },
      });
    case 'trail':
      if (step.isGone) return tx.removeTrail(`${step.n}`);
      return tx.saveTrail({
        ...{ position: `${step.n}`, bestPrice: null, askedSl: 1.1 },
        trail: { activationPips: 20, distancePips: 10, lockPips: 0 },
      });
    case 'deals':
      return tx.addDeals(step.ns.map(deal));
    case 'request': {
      if (await tx.request(id(step.n))) return 'known';
      const kept = { requestId: id(step.n), bodyHash: 'h"\\{}', intentIds: [id(1), id(2)] };
      return tx.addRequest({ ...kept, createdMs: startMs });
    }
    case 'account': {
      const dealCursor = { serverMs: step.equity, deal: `${step.equity}` };
      await tx.saveAccount({ peakEquity: step.equity, dealCursor, session: `s${step.equity}` });
      await tx.audit('order.requested', { equity: step.equity });
      return tx.addEquity(step.equity, 1, step.equity);
    }
  }
}

async function allOf(tx: OrderTx): Promise<unknown> {
  const byId = <T>(items: readonly T[], of: (item: T) => string) =>
    [...items].sort((a, b) => (of(a) < of(b) ? -1 : 1));
  const ids = [1, 2, 3, 4, 5, 6].map(id);
  return {
    account: tx.account,
    intents: await tx.intents(ids),
    open: byId(await tx.openIntents(), (each) => each.id),
    named: byId(await tx.intentsOf(['11', '22', '24'], ['o3']), (each) => each.id),
    positions: byId(await tx.positions(), (each) => each.position),
    orders: byId(await tx.orders(), (each) => each.order),
    trails: byId(await tx.trails(), (each) => each.position),
    deals: byId(await tx.dealsOf({ position: 'p1' }), (each) => each.deal),
    ofSome: byId(await tx.dealsOf({ positions: ['p0', 'p1'] }), (each) => each.deal),
    ofOrder: byId(await tx.dealsOf({ order: 'o0' }), (each) => each.deal),
    requests: await Promise.all(ids.map((each) => tx.request(each))),
    instruments: await tx.instruments(['EURUSD', 'NONE']),
  };
}

function intent(
  accountId: string,
  { n, isOpen, lots }: Extract<Step, { readonly t: 'intent' }>,
): Intent {
  const origin = { accountId, requestId: id(n), origin: 'trader' as const, nowMs: startMs + n };
  const made = intentOf(
    { part: null, body: { t: 'place', ...market() }, state: 'created' },
    origin,
  );
  return {
    ...made,
    ...{ state: isOpen ? 'executing' : 'filled', filledLots: lots, magic: `${n}${n}` },
    ...{ earlierMagics: [`${n}1`], order: n > 2 ? `o${n}` : null, reason: 'it’s "so" \\' },
  };
}

const position = (n: number): HeldPosition => ({
  ...{ position: `${n}`, ticket: `${n}`, symbol: euro.symbol, side: 'buy', volumeLots: 0.1 * n },
  ...{ openPrice: 1.1, openedServerMs: startMs, sl: null, tp: 1.2, swap: 0, profit: -0.5 },
  ...{ magic: '9223372036854775807', comment: 'o:{"a"}', intentId: id(n) },
  ...{ missingSinceMs: null, misses: 0, closedLots: 0 },
});

const deal = (n: number): Deal => ({
  ...{ deal: `${n}`, order: `o${n % 2}`, position: `p${n % 3}`, symbol: 'EURUSD', kind: 'buy' },
  ...{ entry: n === 6 ? null : 'in', volumeLots: 0.1, price: 1.1 + n / 1000, commission: -0.07 },
  ...{ swap: 0, profit: 0.1 + 0.2, magic: '5', comment: '', serverMs: startMs, reason: 'client' },
});
