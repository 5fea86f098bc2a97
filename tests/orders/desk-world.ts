/** A desk over memory, a clock that is set by hand, and a fake terminal. */
import type { Intent } from '../../core/broker/intent.ts';
import type { OrderTicket, TradeRequest } from '../../core/broker/request.ts';
import { usualLimits, type RiskLimits } from '../../core/risk/limits.ts';
import { submit, type Admitted } from '../../sync/orders/admission.ts';
import { openDesk, type Clock, type Desk } from '../../sync/orders/desk.ts';
import { quoteBoard } from '../../sync/orders/quote-board.ts';
import { beginSession } from '../../sync/orders/session.ts';
import { euro, fakeTerminal, type FakeTerminal } from './fake-terminal.ts';
import { madeAccount, memoryStore, type KeptAccount, type MemoryStore } from './memory-store.ts';

export const accountId = '00000000-0000-4000-8000-0000000000aa';
export const startMs = 1_700_000_000_000;

export interface DeskWorld {
  readonly store: MemoryStore;
  readonly terminal: FakeTerminal;
  readonly closed: string[];
  desk: Desk;
  nowMs(): number;
  kept(): KeptAccount;
  intent(id: string): Intent;
  /** Lets time go by, with beats, until all is quiet. */
  pass(ms: number): Promise<void>;
  settle(): Promise<void>;
  submit(request: TradeRequest): Promise<Awaited<ReturnType<typeof submit>>>;
  /** As `submit`, where it must be admitted. */
  admitted(request: TradeRequest): Promise<Admitted>;
  /** The link breaks: the desk ends, what it had sent is lost. */
  cut(): Promise<void>;
  connect(): Promise<void>;
  quote(bid: number): void;
}

export interface WorldOptions {
  readonly mode?: 'hedging' | 'netting';
  readonly store?: MemoryStore;
  readonly limits?: RiskLimits;
}

export async function deskWorld(options: WorldOptions = {}): Promise<DeskWorld> {
  const store = options.store ?? memoryStore();
  const time = manualClock(startMs);
  const terminal = fakeTerminal({ ...options, now: time.clock.nowMs });
  const quotes = quoteBoard();
  const closed: string[] = [];
  let sessions = 0;
  const { limits = usualLimits } = options;
  store.addAccount(madeAccount(accountId, { state: 'pairing', limits }), [euro]);

  const connect = async () => {
    const session = `s${++sessions}`;
    const { login, brokerServer } = terminal.account;
    const who = { session, serverId: 'one', device: 'd', login, brokerServer };
    const begun = await beginSession(store, accountId, { ...who, nowMs: time.clock.nowMs() });
    if (!begun.ok) throw new Error(begun.error.code);
    const toTerminal: (() => void)[] = [];
    let isUp = true;
    world.desk = openDesk({
      ...{ store, accountId, session, clock: time.clock, quotes },
      link: {
        // As over a wire: never within the call that sends.
        send: (message) => {
          toTerminal.push(() => terminal.hear(message));
          queueMicrotask(() => {
            const next = toTerminal.shift();
            if (isUp) next?.();
          });
        },
        close: (why) => void closed.push(why),
      },
      onChange: () => undefined,
      log: { info: () => undefined, warn: () => undefined },
    });
    const { desk } = world;
    terminal.speakTo((message) => (isUp ? desk.hear(message) : undefined));
    cutLink = () => (isUp = false);
    terminal.beat();
    world.desk.hear({ t: 'account', account: terminal.account });
    world.desk.hear({ t: 'symbols', instruments: [euro] });
    world.quote(1.1);
    await world.settle();
  };
  let cutLink = (): unknown => undefined;

  const world: DeskWorld = {
    ...{ store, terminal, closed },
    desk: undefined as unknown as Desk,
    nowMs: time.clock.nowMs,
    kept: () => store.kept(accountId),
    intent(id) {
      const found = store.kept(accountId).intents.get(id);
      if (!found) throw new Error('there is no such intent');
      return found;
    },
    async settle() {
      for (let n = 0; n < 20; n++) {
        await world.desk.idle();
        await new Promise((done) => setImmediate(done));
      }
    },
    async pass(ms) {
      const until = time.clock.nowMs() + ms;
      while (time.clock.nowMs() < until) {
        time.forward(Math.min(5_000, until - time.clock.nowMs()));
        terminal.beat();
        await world.settle();
      }
    },
    submit: (request) =>
      submit(store, request, { nowMs: time.clock.nowMs(), quoteOf: quotes.of }).then((answer) => {
        world.desk.wake();
        return answer;
      }),
    async admitted(request) {
      const answer = await world.submit(request);
      if (!answer.ok) throw new Error(`${answer.error.code} ${answer.error.detail}`);
      return answer.value;
    },
    async cut() {
      cutLink();
      await world.desk.end();
    },
    connect,
    quote(bid) {
      const ask = bid + 0.0001;
      world.desk.hear({ t: 'quotes', quotes: [['EURUSD', bid, ask, time.clock.nowMs()]] });
    },
  };
  await connect();
  return world;
}

interface ManualClock {
  readonly clock: Clock;
  forward(ms: number): void;
}

function manualClock(fromMs: number): ManualClock {
  let nowMs = fromMs;
  let waiting: { readonly atMs: number; readonly run: () => void }[] = [];
  return {
    clock: {
      nowMs: () => nowMs,
      after(ms, run) {
        const timer = { atMs: nowMs + ms, run };
        waiting.push(timer);
        return () => (waiting = waiting.filter((each) => each !== timer));
      },
    },
    forward(ms) {
      nowMs += ms;
      const due = waiting.filter(({ atMs }) => atMs <= nowMs);
      waiting = waiting.filter(({ atMs }) => atMs > nowMs);
      for (const { run } of due) run();
    },
  };
}

let count = 0;
export const someId = (): string => `00000000-0000-4000-8000-${`${++count}`.padStart(12, '0')}`;

export const market = (change: Partial<OrderTicket> = {}): OrderTicket => ({
  ...{ symbol: 'EURUSD', side: 'buy', kind: 'market', volumeLots: 0.1, price: null },
  ...{ limitPrice: null, sl: 1.09, tp: null, deviationPoints: 10, worstPrice: null },
  ...{ lastsUntilMs: null },
  ...change,
});

export const place = (change: Partial<OrderTicket> = {}): TradeRequest => ({
  ...{ id: someId(), accountId, t: 'place', ticket: market(change) },
});
