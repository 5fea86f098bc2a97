/** The inbox keeps what was loaded of it, in one order, and shows nobody another's. */
import { beforeEach, expect, test, vi } from 'vitest';
import type { InboxItem, InboxPage } from '#core/alerts/alert-views.ts';
import { fail, ok } from '#core/result.ts';
import type { Answer } from '../account/api.ts';
import { InboxList, type InboxCalls } from './inbox-list.svelte.ts';

// Here nothing draws: a rune is the value it holds.
vi.hoisted(() => {
  const plain = <T>(value: T) => value;
  vi.stubGlobal('$state', Object.assign(plain, { raw: plain }));
});

const pageItems = 3;
const item = (n: number): InboxItem => ({
  ...{ n, alertId: 'a', accountId: 'b', atMs: n, note: '', value: null, detail: {}, isRead: false },
  condition: { t: 'price', symbol: 'EURUSD', way: 'above', price: 1 },
});

/** What the server has, and calls that are answered when the test says so. */
let server: InboxItem[];
let held: (() => void)[] | null;
let list: InboxList;

beforeEach(() => {
  [server, held] = [[], null];
  const later = async <T>(answer: T): Promise<T> => {
    if (held) await new Promise<void>((resolve) => held!.push(resolve));
    return answer;
  };
  const unread = () => server.filter(({ isRead }) => !isRead).length;
  const calls: InboxCalls = {
    page({ before = Infinity }): Promise<Answer<InboxPage>> {
      const items = server.filter(({ n }) => n < before).slice(0, pageItems);
      const next = items.length === pageItems ? items.at(-1)!.n : null;
      return later(ok({ items, unread: unread(), before: next }));
    },
    mark(marking) {
      const isMeant = (n: number) =>
        marking.t === 'all' ? n <= marking.upTo : marking.ns.includes(n);
      const isRead = marking.t === 'all' || marking.isRead;
      server = server.map((each) => (isMeant(each.n) ? { ...each, isRead } : each));
      return later(ok({ unread: unread() }));
    },
    nowMs: () => 1,
  };
  list = new InboxList(calls);
});

const tell = (...ns: number[]) => (server = [...ns.map(item), ...server]);
const ns = () => list.items?.map(({ n }) => n);

test('what was loaded of older ones stays when something new is told', async () => {
  tell(8, 7, 6, 5, 4, 3, 2, 1);
  await list.refresh();
  await list.more();
  expect(ns()).toEqual([8, 7, 6, 5, 4, 3]);
  tell(10, 9);
  await list.refresh();
  expect(ns()).toEqual([10, 9, 8, 7, 6, 5, 4, 3]);
  await list.more();
  expect([ns(), list.before]).toEqual([[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], null]);
  await list.refresh();
  expect([ns(), list.before]).toEqual([[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], null]);
});

test('where more was told than a page holds, nothing is left out between', async () => {
  tell(6, 5, 4, 3, 2, 1);
  await list.refresh();
  await list.more();
  tell(11, 10, 9, 8, 7);
  await list.refresh();
  expect(ns()).toEqual([11, 10, 9]);
  while (list.before !== null) await list.more();
  expect(ns()).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
});

test('what is no more on the server is no more here', async () => {
  tell(3, 2, 1);
  await list.refresh();
  server = [];
  tell(4);
  await list.refresh();
  expect([ns(), list.before]).toEqual([[4], null]);
});

test('what another device has read whole is read here, older ones as well', async () => {
  tell(6, 5, 4, 3, 2, 1);
  await list.refresh();
  await list.more();
  server = server.map((each) => ({ ...each, isRead: true }));
  await list.refresh();
  expect(list.items!.every(({ isRead }) => isRead)).toBe(true);
});

test('an answer that a later one has overtaken changes nothing', async () => {
  held = [];
  tell(1);
  const early = list.refresh();
  tell(2);
  const late = list.refresh();
  held[1]!();
  expect(await late).toHaveLength(2);
  held[0]!();
  expect(await early).toBeUndefined();
  expect([ns(), list.unread]).toEqual([[2, 1], 2]);
});

test('older ones that come after the list has begun elsewhere do not join it', async () => {
  tell(6, 5, 4, 3, 2, 1);
  await list.refresh();
  held = [];
  const more = list.more();
  const [answer] = held;
  held = null;
  tell(11, 10, 9, 8, 7);
  await list.refresh();
  answer!();
  await more;
  expect([ns(), list.before, list.busy]).toEqual([[11, 10, 9], 9, false]);
});

test.each([
  ['a look', () => list.refresh()],
  ['a look for more', () => list.more()],
  ['a mark', () => list.mark(item(3), true)],
  ['a mark on all', () => list.markAll()],
] as const)('%s on its way when one signs out brings nothing back', async (_, look) => {
  tell(4, 3, 2, 1);
  await list.refresh();
  held = [];
  const looking = look();
  list.clear();
  for (const answer of held) answer();
  await looking;
  expect([list.items, list.unread, list.before, list.failure]).toEqual([undefined, 0, null, null]);
  expect(list.busy).toBe(false);
});

const away = fail({ code: 'server.unavailable', detail: '' } as const);

test('a failure is not shown to whoever signs in next', async () => {
  const failing = new InboxList({
    page: async () => away,
    mark: async () => away,
    nowMs: () => 1,
  });
  await failing.refresh();
  expect(failing.failure).not.toBeNull();
  failing.clear();
  expect(failing.failure).toBeNull();
});

test('what was heard stays while the server is away, with the time it was heard at', async () => {
  let isAway = false;
  const page = async () => (isAway ? away : ok({ items: [item(1)], unread: 1, before: null }));
  let atMs = 5;
  const fading = new InboxList({ page, mark: async () => away, nowMs: () => atMs });
  await fading.refresh();
  [isAway, atMs] = [true, 9];
  await fading.refresh();
  expect([fading.items?.length, fading.heardMs]).toEqual([1, 5]);
  expect(fading.failure).not.toBeNull();
  fading.clear();
  expect(fading.heardMs).toBeNull();
});
