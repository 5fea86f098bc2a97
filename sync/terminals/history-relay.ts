/**
 * Past prices of a connector that another server holds: asked and answered through the database,
 * in pieces that its notifications carry.
 */
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { BarsAnswer, BarsQuestion } from '#core/broker/messages.ts';
import { fail, type Result } from '#core/result.ts';
import type { Queries } from '../database/queries.ts';
import { historyLimitMs, type HistoryTrouble } from './history-asks.ts';

export const historyChannel = 'offing_history';
/** Postgres takes less than 8,000 bytes. */
const mostBytes = 7_500;
const mostBars = 80;
/** What the holder itself waits, and the way. */
const limitMs = historyLimitMs + 2_000;

type Answered = Result<BarsAnswer, HistoryTrouble>;

export interface HistoryRelay {
  /** Of a connector that is held elsewhere. */
  ask(accountId: string, question: BarsQuestion): Promise<Answered>;
  /** What came through the channel. */
  heard(text: string): void;
}

export interface HistoryRelayOptions {
  /** Of this process: what it asks is told apart by it. */
  readonly serverId: string;
  readonly queries: Pick<Queries, 'execute'>;
  /** Of a connector that is held here; null where it is not. */
  own(accountId: string): ((question: BarsQuestion) => Promise<Answered>) | null;
  after(ms: number, run: () => void): () => void;
  onTrouble(error: unknown): void;
}

const number = z.number();
const troubles = ['no-history', 'gone', 'silent', 'busy'] as const;
const notice = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('ask'),
    id: z.string().max(80),
    accountId: z.uuid(),
    question: z.object({
      symbol: z.string(),
      timeframe: z.string(),
      beforeServerMs: number.nullable(),
      limit: number,
    }),
  }),
  z.object({
    t: z.literal('answer'),
    id: z.string().max(80),
    answer: z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(false), error: z.enum(troubles) }),
      z.object({
        ok: z.literal(true),
        value: z.object({
          isWhole: z.boolean(),
          hasMore: z.boolean(),
          digits: number,
          lacks: z.enum(['symbol', 'timeframe']).nullable(),
          bars: z.array(z.tuple([number, number, number, number, number, number])),
        }),
      }),
    ]),
  }),
]);
type Notice = z.infer<typeof notice>;

export function historyRelay({
  serverId,
  queries,
  own,
  after,
  onTrouble,
}: HistoryRelayOptions): HistoryRelay {
  const waiting = new Map<string, (answer: Answered) => void>();
  let last = 0;
  const tell = async (what: Notice | object) => {
    const text = JSON.stringify(what);
    await queries.execute(sql`select pg_notify(${historyChannel}, ${text})`);
  };
  return {
    ask(accountId, question) {
      const id = `${serverId} ${++last}`;
      const limit = Math.min(question.limit, mostBars);
      return new Promise((resolve, reject) => {
        const stop = after(limitMs, () => settle(fail('silent')));
        const settle = (answer: Answered) => {
          stop();
          waiting.delete(id);
          resolve(answer);
        };
        waiting.set(id, settle);
        tell({ t: 'ask', id, accountId, question: { ...question, limit } }).catch(
          (error: unknown) => {
            stop();
            waiting.delete(id);
            reject(error instanceof Error ? error : new Error('the relay failed'));
          },
        );
      });
    },
    heard(text) {
      const said = readNotice(text);
      if (said?.t === 'answer') waiting.get(said.id)?.(said.answer);
      if (said?.t !== 'ask') return;
      const ask = own(said.accountId);
      if (!ask) return;
      ask(said.question)
        .then((answer) => tell({ t: 'answer', id: said.id, answer: fitting(answer) }))
        .catch(onTrouble);
    },
  };
}

/** The newest of the page, as many as there is room for. */
function fitting(answer: Answered): Answered {
  if (!answer.ok) return answer;
  for (let from = 0; ; from += 4) {
    const bars = answer.value.bars.slice(from);
    const hasMore = answer.value.hasMore || from > 0;
    const fit: Answered = { ok: true, value: { ...answer.value, bars, hasMore } };
    if (bars.length === 0 || JSON.stringify(fit).length + 100 <= mostBytes) return fit;
  }
}

function readNotice(text: string): Notice | null {
  try {
    return notice.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
