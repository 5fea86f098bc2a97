import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { askEveryMs, hiddenLongMs, mostUnanswered, standForLeader } from './leader.ts';

/** Web Locks as a browser keeps them, of one name. */
function madeLocks() {
  interface Holder {
    take: () => void;
    lose: (why: Error) => void;
  }
  let held: Holder | null = null;
  const queue: Holder[] = [];
  const next = () => {
    held = queue.shift() ?? null;
    held?.take();
  };
  const request = (
    _: string,
    options: { steal?: boolean; signal?: AbortSignal },
    work: () => Promise<void> | undefined,
  ) =>
    new Promise<void>((resolve, reject) => {
      const mine: Holder = {
        take: () =>
          void Promise.resolve(work()).then(() => {
            resolve();
            if (held === mine) next();
          }),
        lose: reject,
      };
      options.signal?.addEventListener('abort', () => {
        const at = queue.indexOf(mine);
        if (at < 0) return;
        queue.splice(at, 1);
        reject(new Error('aborted'));
      });
      if (options.steal) {
        held?.lose(new Error('stolen'));
        held = mine;
        mine.take();
      } else {
        queue.push(mine);
        if (!held) next();
      }
    });
  return {
    request: request as unknown as LockManager['request'],
    query: async () => ({ held: [], pending: queue.map(() => ({ name: 'lock' })) }),
  };
}

interface Tab {
  readonly leads: boolean;
  readonly terms: number;
  /** Does not answer any more. */
  stick(): void;
  show(state: 'visible' | 'hidden'): void;
  fire(name: 'freeze' | 'resume'): void;
  close(): void;
}

function browser() {
  const locks = madeLocks();
  const targets = new Set<EventTarget>();
  const most = { atOnce: 0 };
  let leading = 0;

  function open(): Tab {
    const channel = new EventTarget();
    targets.add(channel);
    const tell = (from: EventTarget, data: unknown) => {
      for (const each of targets) {
        if (each !== from) each.dispatchEvent(Object.assign(new Event('message'), { data }));
      }
    };
    const worker = new EventTarget();
    worker.addEventListener('message', (event) => {
      if ((event as MessageEvent<{ kind: string }>).data.kind === 'ping' && !isStuck) {
        tell(worker, { kind: 'pong' });
      }
    });
    const page = Object.assign(new EventTarget(), {
      visibilityState: 'visible' as DocumentVisibilityState,
    });
    let isStuck = false;
    let terms = 0;
    let leads = false;
    const stop = standForLeader({
      name: 'lock',
      locks: locks as never,
      channel: Object.assign(channel, { postMessage: (data: unknown) => tell(channel, data) }),
      page: page as never,
      timers: {
        every(ms, act) {
          const timer = setInterval(act, ms);
          return () => clearInterval(timer);
        },
      },
      lead() {
        terms++;
        leads = true;
        leading++;
        most.atOnce = Math.max(most.atOnce, leading);
        targets.add(worker);
        return {
          async end() {
            leads = false;
            leading--;
            targets.delete(worker);
          },
        };
      },
    });
    return {
      get leads() {
        return leads;
      },
      get terms() {
        return terms;
      },
      stick: () => (isStuck = true),
      show(state) {
        page.visibilityState = state;
        page.dispatchEvent(new Event('visibilitychange'));
      },
      fire: (name) => void page.dispatchEvent(new Event(name)),
      close: () => {
        stop();
        targets.delete(channel);
      },
    };
  }
  return { open, most };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const muchMs = askEveryMs * (mostUnanswered + 3);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('of the tabs that share a database', () => {
  test('one leads, and the next one when it is closed', async () => {
    const { open, most } = browser();
    const tabs = [open(), open(), open()];
    await pass(muchMs);
    expect(tabs.map(({ leads }) => leads)).toEqual([true, false, false]);
    tabs[0]!.close();
    await pass(0);
    expect(tabs.map(({ leads }) => leads)).toEqual([false, true, false]);
    expect(most.atOnce).toBe(1);
  });

  test('a frozen one lets go, and waits when it is back', async () => {
    const { open } = browser();
    const [one, other] = [open(), open()];
    await pass(0);
    one.fire('freeze');
    await pass(0);
    expect([one.leads, other.leads]).toEqual([false, true]);
    one.fire('resume');
    await pass(muchMs);
    expect([one.leads, other.leads]).toEqual([false, true]);
    other.close();
    await pass(0);
    expect(one.leads).toBe(true);
  });

  test('one long out of sight gives way to one that waits, and else goes on', async () => {
    const { open } = browser();
    const one = open();
    await pass(0);
    one.show('hidden');
    await pass(hiddenLongMs * 3);
    expect([one.leads, one.terms]).toEqual([true, 1]);
    const other = open();
    await pass(hiddenLongMs + 1);
    expect([one.leads, other.leads]).toEqual([false, true]);
  });

  test('a stuck one is replaced, and a tab does so only once', async () => {
    const { open } = browser();
    const [one, other] = [open(), open()];
    await pass(muchMs);
    expect([one.leads, other.leads]).toEqual([true, false]);
    one.stick();
    await pass(muchMs);
    expect([one.leads, other.leads]).toEqual([false, true]);
    // Had it both, two stuck ones would take it from each other for ever.
    other.stick();
    await pass(muchMs);
    expect([one.leads, other.leads]).toEqual([true, false]);
    await pass(muchMs * 5);
    expect([one.terms, other.terms]).toEqual([2, 1]);
  });

  test('a waiting one that nobody sees takes the lead from none', async () => {
    const { open } = browser();
    const [one, other] = [open(), open()];
    other.show('hidden');
    one.stick();
    await pass(muchMs * 3);
    expect([one.leads, other.leads]).toEqual([true, false]);
  });
});
