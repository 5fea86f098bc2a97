/**
 * Past prices asked of one connector: few at a time, so that what trades never waits behind them,
 * each answered or given up.
 */
import type {
  BarsAnswer,
  BarsQuestion,
  ConnectorMessage,
  ServerMessage,
} from '#core/broker/messages.ts';
import { fail, ok, type Result } from '#core/result.ts';

/** `no-history`: it is too old for this; `gone`: its session ended; `silent`: no answer came. */
export type HistoryTrouble = 'no-history' | 'gone' | 'silent' | 'busy';

export interface HistoryAsks {
  ask(question: BarsQuestion): Promise<Result<BarsAnswer, HistoryTrouble>>;
  heard(answer: Extract<ConnectorMessage, { readonly t: 'bars' }>): void;
  /** Nothing is answered any more. */
  end(): void;
}

export interface HistoryAskOptions {
  /** It named it among what it can. */
  readonly isAble: boolean;
  send(message: ServerMessage): void;
  /** Runs it later; what comes back stops that. */
  after(ms: number, run: () => void): () => void;
}

interface Waiting {
  readonly question: BarsQuestion;
  settle(answer: Result<BarsAnswer, HistoryTrouble>): void;
}

const mostAtOnce = 2;
const mostWaiting = 60;
export const historyLimitMs = 10_000;

export function historyAsks({ isAble, send, after }: HistoryAskOptions): HistoryAsks {
  const asked = new Map<number, { readonly waiting: Waiting; stop(): void }>();
  const waiting: Waiting[] = [];
  let last = 0;
  let isOver = false;
  const settle = (request: number, answer: Result<BarsAnswer, HistoryTrouble>) => {
    const found = asked.get(request);
    // An answer that nobody waits for any more.
    if (!found) return;
    found.stop();
    asked.delete(request);
    found.waiting.settle(answer);
    next();
  };
  const next = () => {
    while (!isOver && asked.size < mostAtOnce && waiting.length > 0) {
      const first = waiting.shift();
      if (!first) return;
      const request = ++last;
      const stop = after(historyLimitMs, () => settle(request, fail('silent')));
      asked.set(request, { waiting: first, stop });
      send({ t: 'bars', request, ...first.question });
    }
  };
  return {
    ask(question) {
      if (!isAble) return Promise.resolve(fail('no-history'));
      if (isOver) return Promise.resolve(fail('gone'));
      if (waiting.length >= mostWaiting) return Promise.resolve(fail('busy'));
      return new Promise((resolve) => {
        waiting.push({ question, settle: resolve });
        next();
      });
    },
    heard({ t: _, request, ...answer }) {
      settle(request, ok(answer));
    },
    end() {
      isOver = true;
      for (const { settle: give } of waiting.splice(0)) give(fail('gone'));
      for (const request of [...asked.keys()]) settle(request, fail('gone'));
    },
  };
}
