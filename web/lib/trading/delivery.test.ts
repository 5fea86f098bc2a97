import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RequestView } from '#core/broker/views.ts';
import { fail, ok } from '#core/result.ts';
import type { Answer } from '../account/api.ts';
import { deliver, freshMs, resume, type DeliveryParts } from './delivery.ts';
import { requestShelf, type PendingRequest } from './pending-requests.ts';

/** What lies in a browser, as long as it is not told to refuse. */
function made(isFull = false): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    clear: () => kept.clear(),
    getItem: (name) => kept.get(name) ?? null,
    key: (at) => [...kept.keys()][at] ?? null,
    removeItem: (name) => void kept.delete(name),
    setItem(name, value) {
      if (isFull) throw new DOMException('full', 'QuotaExceededError');
      kept.set(name, value);
    },
  };
}

const pending: PendingRequest = {
  call: 'open',
  title: 'Buy 0.10 EURUSD',
  keptMs: 0,
  request: { id: 'r', accountId: 'a', t: 'reverse', position: '1' },
};
type Fault = 'none' | 'lost-before' | 'lost-after' | 'refused' | 'closed-door';

/** A server that does each request at most once, behind a line that loses what it is told to. */
function world(faults: readonly Fault[], storage = made()) {
  let nowMs = 0;
  let turn = 0;
  const done: number[] = [];
  let settled = false;
  const view: RequestView = { requestId: 'r', intents: [] };
  const act = <T>(work: () => Answer<T>): Promise<Answer<T>> => {
    const fault = faults[turn++] ?? 'none';
    nowMs += 100;
    if (fault === 'closed-door') {
      return Promise.resolve(fail({ code: 'auth.sign-in-needed', detail: '' }));
    }
    if (fault === 'refused' && done.length === 0 && !settled) {
      return Promise.resolve(fail({ code: 'trade.account-halted', detail: '' }));
    }
    if (fault === 'lost-before') {
      return Promise.resolve(fail({ code: 'server.unavailable', detail: '' }));
    }
    const answer = work();
    return Promise.resolve(
      fault === 'lost-after' ? fail({ code: 'server.unavailable', detail: '' }) : answer,
    );
  };
  const send = () =>
    act<RequestView>(() => {
      if (settled) return fail({ code: 'trade.request-differs', detail: '' });
      if (done.length === 0) done.push(nowMs);
      return ok(view);
    });
  const shelf = requestShelf(storage, 'u');
  const parts: DeliveryParts = {
    shelf,
    send,
    repeat: send,
    settle: () =>
      act<RequestView | null>(() => {
        if (done.length > 0) return ok(view);
        settled = true;
        return ok(null);
      }),
    nowMs: () => nowMs,
    pause: (ms) => {
      nowMs += ms;
      return Promise.resolve();
    },
    onUnanswered: () => undefined,
  };
  return { parts, done, shelf, wait: (ms: number) => (nowMs += ms) };
}

const faults = fc.array(
  fc.constantFrom<Fault>('none', 'lost-before', 'lost-after', 'refused', 'closed-door'),
  { maxLength: 20 },
);

describe('a request', () => {
  test('is done at most once and in its time, and its device learns which', async () => {
    await fc.assert(
      fc.asyncProperty(faults, async (list) => {
        const { parts, done, shelf } = world(list);
        const delivery = await deliver(parts, pending);
        expect(done.length).toBeLessThanOrEqual(1);
        for (const atMs of done) expect(atMs).toBeLessThanOrEqual(freshMs.open + 100);
        expect(delivery.state === 'taken').toBe(done.length === 1);
        expect(shelf.list()).toEqual([]);
      }),
    );
  });

  test('goes on after a reload, however late that is', async () => {
    await fc.assert(
      fc.asyncProperty(faults, fc.nat(100_000), async (list, laterMs) => {
        const { parts, done, shelf, wait } = world(['lost-after', ...list]);
        shelf.keep(pending);
        await parts.send(pending);
        wait(laterMs);
        const [left] = shelf.list();
        const delivery = await resume(parts, left!);
        expect(delivery.state).toBe('taken');
        expect(done).toHaveLength(1);
        expect(shelf.list()).toEqual([]);
      }),
    );
  });

  test('that never came is not done once its time is over', async () => {
    const { parts, done, shelf, wait } = world([]);
    shelf.keep(pending);
    wait(freshMs.open);
    expect(await resume(parts, pending)).toEqual({ state: 'lapsed' });
    expect((await parts.send(pending)).ok).toBe(false);
    expect(done).toEqual([]);
  });

  test('is not sent where the browser cannot keep it', async () => {
    const { parts, done } = world([], made(true));
    expect(await deliver(parts, pending)).toEqual({ state: 'unkept' });
    expect(done).toEqual([]);
  });

  test('stays kept while a door is shut that was open when it was sent', async () => {
    const { parts, shelf } = world(['lost-after', 'closed-door']);
    const seen: number[] = [];
    await deliver({ ...parts, onUnanswered: () => void seen.push(shelf.list().length) }, pending);
    expect(seen).toEqual([1, 1]);
  });
});

describe('what is kept', () => {
  test('is of one person, oldest first, and whole', () => {
    const storage = made();
    const mine = requestShelf(storage, 'u');
    requestShelf(storage, 'other').keep(pending);
    mine.keep({ ...pending, keptMs: 2, request: { ...pending.request, id: 'late' } });
    mine.keep({ ...pending, keptMs: 1, request: { ...pending.request, id: 'early' } });
    storage.setItem('offing.request.u.torn', '{"call":"open"');
    storage.setItem('offing.request.u.odd', '{"call":"sell","title":"","keptMs":1}');
    storage.setItem('offing.request.u.null', 'null');
    expect(mine.list().map(({ request }) => request.id)).toEqual(['early', 'late']);
    mine.drop('early');
    expect(mine.list()).toHaveLength(1);
  });
});
