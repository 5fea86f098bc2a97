/** A book kept by what is told of it is the book that would be answered, whenever it is answered. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBookChange, withChange, type BookChange } from '#core/broker/book-change.ts';
import { finalStates, orderStates } from '#core/broker/intent.ts';
import { madeIntent } from '#core/broker/made-intent.ts';
import type { BookView } from '#core/broker/views.ts';
import { readRoomWords } from '#core/sync/live.ts';
import { toldChanges } from '#lib/trading/told-changes.ts';
import type { TxChanges } from '../../sync/orders/gathered-tx.ts';
import type { HeldOrder, HeldPosition, HeldTrail } from '../../sync/orders/order-store.ts';
import { intentView, toldChange } from '../../sync/orders/told-change.ts';
import { readTradingNotice } from '../../sync/terminals/notices.ts';
import { someBroker } from './made-book.ts';

const held = (position: string, volumeLots: number): HeldPosition => ({
  ...{ position, ticket: position, symbol: 'EURUSD', side: 'buy', volumeLots, openPrice: 1.1 },
  ...{ openedServerMs: 1, sl: null, tp: null, swap: 0, profit: 0, magic: '0', comment: '' },
  ...{ intentId: null, missingSinceMs: null, misses: 0, closedLots: 0 },
});

const untouched: TxChanges = {
  ...{ account: {}, instruments: null, requests: [], intents: [], events: [], alerts: [] },
  ...{ audits: [], equity: [], hasNewDeals: false },
  ...{ positions: new Map(), orders: new Map(), trails: new Map() },
};

const waiting = (order: string, volumeLots: number): HeldOrder => ({
  ...{ order, symbol: 'EURUSD', side: 'buy', kind: 'limit', volumeLots, price: 1 },
  ...{ limitPrice: null, sl: null, tp: null, magic: '0', comment: 'of two\nlines' },
  ...{ placedServerMs: 1, lastsUntilServerMs: null, intentId: null },
});

const trailing = (position: string, distancePips: number): HeldTrail => ({
  ...{ position, bestPrice: null, askedSl: null },
  trail: { activationPips: 0, distancePips, lockPips: 0 },
});

const name = fc.constantFrom('1', '2', '3');
/** Of one kind: what each is afterwards, null = gone. */
const some = fc.dictionary(name, fc.option(fc.integer({ min: 1, max: 9 })));
const change = fc
  .record({
    ...{ positions: some, orders: some, trails: some },
    intents: fc.dictionary(name, fc.constantFrom(...orderStates)),
    balance: fc.option(fc.integer({ min: 1, max: 9 })),
  })
  .map(({ positions, orders, trails, intents, balance }): TxChanges => ({
    ...untouched,
    account: balance === null ? {} : { broker: { ...someBroker, balance } },
    positions: made(positions, held),
    orders: made(orders, waiting),
    trails: made(trails, trailing),
    intents: Object.entries(intents).map(([id, state]) => madeIntent({ id, state })),
  }));

function made<T>(given: Readonly<Record<string, number | null>>, of: (id: string, n: number) => T) {
  const entries = Object.entries(given).map(([id, n]) => [id, n === null ? null : of(id, n)]);
  return new Map(entries as [string, T | null][]);
}

/** What the database holds, told without any of the code under test. */
function committed(before: BookView, changes: TxChanges): BookView {
  const { account, positions, orders, trails, intents } = changes;
  const touched = new Set(intents.map(({ id }) => id));
  const there = [...positions.values()].filter((one) => one !== null);
  return {
    ...before,
    account: { ...before.account, broker: account.broker ?? before.account.broker },
    positions: [
      ...before.positions.filter(({ position }) => !positions.has(position)),
      ...there.map(({ misses: _, ...shown }) => shown),
    ],
    orders: [
      ...before.orders.filter(({ order }) => !orders.has(order)),
      ...[...orders.values()].filter((one) => one !== null),
    ],
    trails: [
      ...before.trails.filter(({ position }) => !trails.has(position)),
      ...[...trails.values()].filter((one) => one !== null),
    ],
    openIntents: [
      ...before.openIntents.filter(({ id }) => !touched.has(id)),
      ...intents.filter(({ state }) => !finalStates.has(state)).map(intentView),
    ],
  };
}

const nothing = {
  ...{ positions: [], openIntents: [], orders: [], trails: [] },
  account: { broker: null },
} as unknown as BookView;

const sorted = ({ account, positions, openIntents, orders, trails }: BookView) => ({
  account,
  positions: positions.toSorted((a, b) => (a.position < b.position ? -1 : 1)),
  openIntents: openIntents.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  orders: orders.toSorted((a, b) => (a.order < b.order ? -1 : 1)),
  trails: trails.toSorted((a, b) => (a.position < b.position ? -1 : 1)),
});

const [userId, accountId] = [1, 2].map((n) => `a0000000-0000-4000-8000-00000000000${n}`);

/** From the transaction through Postgres and the room to the page. */
function heard(made: TxChanges): BookChange {
  const notice = readTradingNotice(`${userId} ${accountId} ${toldChange(made)}`);
  expect(notice).toMatchObject({ userId, accountId });
  const told = { kind: 'trading', accountId, change: JSON.parse(notice!.change!) as unknown };
  const words = readRoomWords(JSON.stringify(told));
  if (words?.kind !== 'trading' || !words.change) throw new Error('not a change');
  return words.change;
}

test('told one by one, in their order, changes make the book that the database holds', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (all) => {
      const told = all.reduce((book, made) => withChange(book, heard(made)), nothing);
      expect(sorted(told)).toEqual(sorted(all.reduce(committed, nothing)));
    }),
  );
});

test('an answer made at any time between question and arrival takes nothing back', () => {
  const count = fc.integer({ min: 0, max: 12 });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), count, count, (all, one, other) => {
      const [askedAt, readAt] = [one, other]
        .map((n) => Math.min(n, all.length))
        .sort((a, b) => a - b);
      const answer = all.slice(0, readAt).reduce(committed, nothing);
      const told = toldChanges();
      // Two questions: one that was answered before, and the one this is about.
      all.forEach((made, n) => told.tell(heard(made), n < askedAt! ? 1 : 2));
      const shown = told.over(answer, 2);
      expect(sorted(shown)).toEqual(sorted(all.reduce(committed, nothing)));
    }),
  );
});

test('what was told before the last question left is forgotten once that is over, answered or not', () => {
  const told = toldChanges();
  for (let n = 0; n < 3; n++)
    told.tell(heard({ ...untouched, positions: made({ [n]: 1 }, held) }), n);
  expect(told.over(null, 2)).toBeNull();
  expect(told.over(nothing, 0).positions.map(({ position }) => position)).toEqual(['2']);
  told.over(null, 3);
  expect(told.over(nothing, 0)).toEqual(nothing);
});

test('what is too long for a notice, or more than a book shows, is not told but asked for', () => {
  const many = Array.from({ length: 40 }, (_, n) => madeIntent({ id: `${n}` }));
  expect(toldChange({ ...untouched, intents: many })).toBeNull();
  expect(toldChange({ ...untouched, account: { state: 'halted' } })).toBeNull();
  expect(toldChange({ ...untouched, account: { haltReason: 'another-login' } })).toBeNull();
  expect(toldChange({ ...untouched, instruments: [] })).toBeNull();
});

test('what is not whole is no change: then what changed is asked for', () => {
  const text = toldChange(untouched)!;
  const whole = JSON.parse(text) as Readonly<Record<string, unknown>>;
  expect(readBookChange(whole)).toEqual(whole);
  for (const name of Object.keys(whole)) {
    for (const wrong of [undefined, 1, [1], [{}], {}]) {
      expect(readBookChange({ ...whole, [name]: wrong })).toBeNull();
    }
  }
  expect(readBookChange(text)).toBeNull();
});

test('numbers that only the connector needs are not told', () => {
  const text = toldChange({ ...untouched, intents: [madeIntent({ magic: '4711471147114711' })] });
  expect(text).not.toContain('4711471147114711');
});
