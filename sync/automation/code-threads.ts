/**
 * Threads that bots in code share: few of them, one thing at a time in each, and whatever a strategy
 * does there ends with its own answer. One that does not return takes its thread with it and no more.
 */
import * as Comlink from 'comlink';
import type { BotTrip } from '#core/automation/bot-book.ts';
import type { Result } from '#core/result.ts';
import { fail } from '#core/result.ts';
import type { CodeFailure } from '#workers/code/api.ts';
import type { CodeStep, CodeText, CodeTrips, StepAnswer } from '#workers/code/bot-code.ts';
import type { Alive, BotCodeWorker } from '#workers/code/bot-thread-api.ts';
import type { Sandbox } from '#workers/code/guard.ts';

/** `owner`: whose it is. Those come first for whom nothing was done for longest; nobody has all. */
export interface CodeThreads {
  check(owner: string, text: CodeText): Promise<Result<null, CodeFailure>>;
  step(owner: string, asked: CodeStep): Promise<Result<StepAnswer, CodeFailure>>;
  trips(owner: string, asked: CodeTrips): Promise<Result<readonly BotTrip[], CodeFailure>>;
  close(): void;
}

export interface CodeThreadsOptions {
  readonly open: () => Sandbox;
  readonly threads: number;
  /** Without a sign of life, after which a thread is ended; from the first sign on. */
  readonly silentMs: number;
  /** For one thing that is asked, from when it is begun. */
  readonly mostMs: number;
  /** That wait for a thread; more are refused. */
  readonly waiting: number;
}

export const usualThreads = { threads: 2, silentMs: 5_000, mostMs: 60_000, waiting: 1_000 };

const mostOwners = 10_000;

type Answered<T> = Result<T, CodeFailure>;
type Ask<T> = (worker: Comlink.Remote<BotCodeWorker>, alive: Alive) => Promise<Answered<T>>;

interface Waiting {
  readonly owner: string;
  begin(): void;
}

interface Thread {
  readonly sandbox: Sandbox;
  readonly worker: Comlink.Remote<BotCodeWorker>;
  /** What is told when it dies by itself. */
  onDeath: (reason: string) => void;
}

export function openCodeThreads(options: CodeThreadsOptions): CodeThreads {
  const idle: Thread[] = [];
  /** With whom each works for. */
  const busy = new Map<Thread, string>();
  const queue: Waiting[] = [];
  /** When each owner had a turn, counted. */
  const served = new Map<string, number>();
  let turn = 0;
  let isClosed = false;
  const open = (): Thread => {
    const sandbox = options.open();
    const worker = Comlink.wrap<BotCodeWorker>(sandbox.endpoint);
    const thread: Thread = { sandbox, worker, onDeath: () => undefined };
    sandbox.onDeath((reason) => {
      if (idle.includes(thread)) idle.splice(idle.indexOf(thread), 1);
      thread.onDeath(reason);
    });
    return thread;
  };
  /** Null where the machine has no room for it just now. */
  const opened = (): Thread | null => {
    try {
      return open();
    } catch {
      return null;
    }
  };
  /** One thread is always left to others, where there are several. */
  const mayBegin = (owner: string): boolean => {
    if (busy.size >= options.threads) return false;
    const own = [...busy.values()].filter((each) => each === owner).length;
    return own < Math.max(1, options.threads - 1);
  };
  const next = () => {
    const turns = queue.map(({ owner }) => (mayBegin(owner) ? (served.get(owner) ?? 0) : Infinity));
    const least = Math.min(...turns);
    if (least < Infinity) queue.splice(turns.indexOf(least), 1)[0]?.begin();
  };
  const begin = async <T>(owner: string, ask: Ask<T>): Promise<Answered<T>> => {
    const thread = idle.pop() ?? opened();
    if (!thread) {
      next();
      return fail(noThread);
    }
    busy.set(thread, owner);
    if (served.size > mostOwners) served.clear();
    served.set(owner, ++turn);
    const { answer, isAlive } = await watched(thread, ask, options);
    busy.delete(thread);
    if (isAlive && !isClosed) idle.push(thread);
    else thread.sandbox.terminate();
    next();
    return answer;
  };
  const run = <T>(owner: string, ask: Ask<T>): Promise<Answered<T>> => {
    if (isClosed) return Promise.resolve(fail(closed));
    if (mayBegin(owner)) return begin(owner, ask);
    if (queue.length >= options.waiting) return Promise.resolve(fail(tooBusy));
    return new Promise((resolve) => {
      queue.push({ owner, begin: () => resolve(isClosed ? fail(closed) : begin(owner, ask)) });
    });
  };
  return {
    check: (owner, text) => run(owner, (worker, alive) => worker.check(text, Comlink.proxy(alive))),
    step: (owner, asked) => run(owner, (worker, alive) => worker.step(asked, Comlink.proxy(alive))),
    trips: (owner, asked) =>
      run(owner, (worker, alive) => worker.trips(asked, Comlink.proxy(alive))),
    close() {
      isClosed = true;
      for (const thread of [...idle, ...busy.keys()]) {
        thread.onDeath('the server stops');
        thread.sandbox.terminate();
      }
      for (const waiting of queue.splice(0)) waiting.begin();
    },
  };
}

interface Watched<T> {
  readonly answer: Answered<T>;
  /** The thread can be asked something else. */
  readonly isAlive: boolean;
}

/** The answer of the thread, or why there is none. */
function watched<T>(
  thread: Thread,
  ask: Ask<T>,
  { silentMs, mostMs }: CodeThreadsOptions,
): Promise<Watched<T>> {
  return new Promise((resolve) => {
    let silence: NodeJS.Timeout | undefined;
    const settle = (answer: Answered<T>, isAlive: boolean) => {
      clearTimeout(silence);
      clearTimeout(whole);
      thread.onDeath = () => undefined;
      resolve({ answer, isAlive });
    };
    const listen = () => {
      clearTimeout(silence);
      silence = setTimeout(() => settle(fail(endless(silentMs)), false), silentMs);
    };
    const whole = setTimeout(() => settle(fail(endless(mostMs)), false), mostMs);
    thread.onDeath = (reason) => settle(fail(died(reason)), false);
    // A thread that begins has to load before it gives a sign.
    ask(thread.worker, listen).then(
      (answer) => settle(answer, true),
      (error: unknown) => settle(fail(died(String(error))), false),
    );
  });
}

function endless(ms: number): CodeFailure {
  const detail = `The strategy gave no answer for ${ms / 1_000} s.`;
  return { code: 'code.endless', detail, figures: { seconds: ms / 1_000 } };
}

function died(reason: string): CodeFailure {
  const isMemory = /memory/i.test(reason);
  return { code: isMemory ? 'code.memory' : 'work.crashed', detail: reason };
}

const closed: CodeFailure = { code: 'work.cancelled', detail: 'The server stops.' };
const noThread: CodeFailure = {
  code: 'server.unavailable',
  detail: 'No thread could be begun.',
};
const tooBusy: CodeFailure = {
  code: 'server.unavailable',
  detail: 'Too much code waits to be run.',
};
