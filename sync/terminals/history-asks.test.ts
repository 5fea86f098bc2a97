/** Past prices asked of one connector, and across servers. */
import { describe, expect, test } from 'vitest';
import type { BarsAnswer, BarsQuestion, ServerMessage } from '#core/broker/messages.ts';
import { fail, ok } from '#core/result.ts';
import { historyAsks } from './history-asks.ts';
import { historyRelay, type HistoryRelay } from './history-relay.ts';

const question: BarsQuestion = {
  ...{ symbol: 'EURUSD', timeframe: 'M1', beforeServerMs: null, limit: 1_000 },
};
const answerOf = (count: number): BarsAnswer => ({
  ...{ isWhole: true, hasMore: false, digits: 5, lacks: null },
  bars: Array.from({ length: count }, (_, i) => [
    ...([1_795_700_000 + 60 * i, 108_500, 108_520, 108_480] as const),
    ...([108_510, 123.456] as const),
  ]),
});
const none = answerOf(0);

function scene(isAble = true) {
  const sent: ServerMessage[] = [];
  const timers: (() => void)[] = [];
  const after = (_: number, run: () => void) => {
    timers.push(run);
    return () => void timers.splice(timers.indexOf(run), 1);
  };
  const asks = historyAsks({ isAble, send: (message) => sent.push(message), after });
  const heard = (request: number) => asks.heard({ t: 'bars', request, ...none });
  return { asks, sent, timers, heard };
}

describe('past prices of a connector', () => {
  test('are asked two at a time, in order, and each answered its own', async () => {
    const { asks, sent, heard } = scene();
    const all = [1, 2, 3, 4].map((limit) => asks.ask({ ...question, limit }));
    const requests = () => sent.map((message) => 'request' in message && message.request);
    expect(requests()).toEqual([1, 2]);
    heard(2);
    expect(requests()).toEqual([1, 2, 3]);
    heard(2);
    heard(99);
    expect(requests()).toEqual([1, 2, 3]);
    heard(1);
    heard(3);
    heard(4);
    for (const each of all) expect(await each).toEqual(ok(none));
  });

  test('that are never answered are given up, and those that wait have their turn', async () => {
    const { asks, sent, timers, heard } = scene();
    const all = [1, 2, 3].map((limit) => asks.ask({ ...question, limit }));
    timers[0]!();
    expect(await all[0]).toEqual(fail('silent'));
    expect(sent).toHaveLength(3);
    // Its answer comes all the same, and is nobody's.
    heard(1);
    heard(3);
    expect(await all[2]).toEqual(ok(none));
  });

  test('end with the session, and are not asked of one that cannot tell them', async () => {
    const { asks, sent } = scene();
    const all = [1, 2, 3].map(() => asks.ask(question));
    asks.end();
    for (const each of all) expect(await each).toEqual(fail('gone'));
    expect(await asks.ask(question)).toEqual(fail('gone'));
    expect(sent).toHaveLength(2);
    const old = scene(false);
    expect(await old.asks.ask(question)).toEqual(fail('no-history'));
    expect(old.sent).toEqual([]);
  });

  test('are refused beyond what can wait', async () => {
    const { asks } = scene();
    for (let n = 0; n < 62; n++) void asks.ask(question);
    expect(await asks.ask(question)).toEqual(fail('busy'));
  });
});

describe('past prices of a connector that another server holds', () => {
  const accountId = '00000000-0000-4000-8000-000000000001';

  /** Servers that hear what any of them says, as through the database. */
  function servers(own: (question: BarsQuestion) => Promise<ReturnType<typeof ok<BarsAnswer>>>) {
    const relays: HistoryRelay[] = [];
    const texts: string[] = [];
    const relayOf = (serverId: string, isHolder: boolean) =>
      historyRelay({
        serverId,
        queries: {
          execute: (async (statement: { readonly queryChunks: readonly unknown[] }) => {
            const text = String(statement.queryChunks.at(-2));
            texts.push(text);
            for (const relay of relays) relay.heard(text);
          }) as never,
        },
        own: (name) => (isHolder && name === accountId ? own : null),
        after: () => () => undefined,
        onTrouble: (error) => {
          throw error;
        },
      });
    relays.push(relayOf('one', false), relayOf('two', true), relayOf('three', false));
    return { relays, texts };
  }

  test('come in pieces that notifications carry, the newest first, the rest to be asked', async () => {
    const asked: BarsQuestion[] = [];
    const { relays, texts } = servers(async (each) => {
      asked.push(each);
      return ok(answerOf(each.limit));
    });
    const answers = await Promise.all([
      relays[0]!.ask(accountId, question),
      relays[2]!.ask(accountId, { ...question, limit: 3 }),
    ]);
    expect(asked.map(({ limit }) => limit)).toEqual([80, 3]);
    expect(answers[0]).toEqual(ok(answerOf(80)));
    expect(answers[1]).toEqual(ok(answerOf(3)));
    expect(Math.max(...texts.map((text) => Buffer.byteLength(text)))).toBeLessThan(7_900);
  });

  test('fit however long they are', async () => {
    const long: BarsAnswer = {
      ...answerOf(80),
      bars: answerOf(80).bars.map(([at, , high]) => {
        const price = 123_456_789_000_000 + high;
        return [at, price, price, price, price, 1_234_567.123_456_7];
      }),
    };
    const { relays, texts } = servers(async () => ok(long));
    const answer = await relays[0]!.ask(accountId, question);
    if (!answer.ok) throw new Error(answer.error);
    const { bars, hasMore } = answer.value;
    expect(hasMore).toBe(true);
    expect(bars.length).toBeGreaterThan(40);
    expect(bars).toEqual(long.bars.slice(-bars.length));
    expect(Math.max(...texts.map((text) => Buffer.byteLength(text)))).toBeLessThan(7_900);
  });

  test('are not held by what is no notice', () => {
    const { relays } = servers(async () => ok(none));
    for (const text of ['', '{}', '{"t":"ask"}', '{"t":"answer","id":"one 1","answer":{"ok":7}}']) {
      expect(() => relays[0]!.heard(text)).not.toThrow();
    }
  });
});
