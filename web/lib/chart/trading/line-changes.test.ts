/** A moved line is asked about, sent and followed, one change of one thing at a time. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ok } from '#core/result.ts';
import type { TradeDesk } from '#lib/trading/trade-desk.svelte.ts';
import { LineChanges } from './line-changes.svelte.ts';
import type { LineMove } from './line-move.ts';
import type { TradeLine } from './trade-line.ts';

vi.mock('#lib/state/notices.ts', () => ({ notify: vi.fn(), notifyFailure: vi.fn() }));
vi.mock('#lib/trading/intent-now.svelte.ts', () => ({
  nowOf: () => ({ list: [], take: () => undefined }),
}));
// Here nothing draws: a rune is the value it holds.
vi.hoisted(() => {
  const plain = <T>(value: T) => value;
  vi.stubGlobal('$state', Object.assign(plain, { raw: plain }));
  vi.stubGlobal('$derived', plain);
  vi.stubGlobal('$effect', () => undefined);
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const line = { id: 'trail 1', owner: 'trail 1', price: 1.1 } as TradeLine;
const move = { title: 'Trailing stop', action: 'Move it', refusal: null } as unknown as LineMove;
const ports = { move: () => move, lines: () => [] };

/** Asks `confirmed` each time; of a trailing stop the server tells no intent. */
function opened(confirmed: () => Promise<boolean>) {
  let sent = 0;
  const desk = {
    book: { value: null, changes: 0, refresh: async () => undefined },
    terms: { oneClick: { isOn: false, acceptedMs: null, maxLots: 1, maxSpreadPoints: 20 } },
    confirmed,
    send: async () => {
      sent++;
      return ok({ intents: [] });
    },
  } as unknown as TradeDesk;
  return { changes: new LineChanges(desk), sent: () => sent };
}

test('a double drop sends once, and one that is called off leaves nothing', async () => {
  let mean = true;
  const { changes, sent } = opened(async () => mean);
  await Promise.all([
    changes.make('EURUSD', line, 1.2, ports),
    changes.make('EURUSD', line, 1.2, ports),
  ]);
  expect(sent()).toBe(1);
  expect(changes.of(line.id)?.state).toBe('done');
  await vi.advanceTimersByTimeAsync(3_000);
  expect(changes.of(line.id)).toBeUndefined();
  mean = false;
  await changes.make('EURUSD', line, 1.3, ports);
  expect([sent(), changes.of(line.id)]).toEqual([1, undefined]);
});

test('the wait of a change that is over ends no other: what is asked about is not confirmed', async () => {
  let answer: (meant: boolean) => void = () => undefined;
  const answers = [Promise.resolve(true), new Promise<boolean>((resolve) => (answer = resolve))];
  const { changes, sent } = opened(() => answers.shift()!);
  await changes.make('EURUSD', line, 1.2, ports);
  changes.heard('EURUSD', [{ ...line, price: 1.2 }], { tickSize: 0.00001 });
  expect(changes.of(line.id)).toBeUndefined();
  const second = changes.make('EURUSD', line, 1.3, ports);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(changes.of(line.id)?.state).toBe('asking');
  answer(true);
  await second;
  expect(sent()).toBe(2);
});
