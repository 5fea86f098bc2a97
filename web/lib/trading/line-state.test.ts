import { describe, expect, test } from 'vitest';
import type { AccountHealth } from '#core/broker/views.ts';
import { lineState, type LineFacts } from './line-state.ts';

const health: AccountHealth = {
  ...{ isOnline: true, lastHeardMs: 5, latencyMs: 1, pingUs: 1, serverOffsetMs: 0 },
  ...{ isConnected: true, isTradeAllowed: true, queue: 0, dropped: 0, positions: 0 },
  reconciledMs: 1,
};
const facts = (change: Partial<LineFacts> = {}, part: Partial<AccountHealth> = {}): LineFacts => ({
  ...{ status: 'reachable', missed: 0, heardMs: 9 },
  account: { kind: 'mt5', state: 'paired', health: { ...health, ...part } },
  ...change,
});

describe('the way to the broker', () => {
  test('is whole while everybody answers, and after a single miss', () => {
    expect(lineState(facts())).toBeNull();
    expect(lineState(facts({ missed: 1 }))).toBeNull();
    expect(lineState(facts({ account: null }))).toBeNull();
  });

  test('is cut where it breaks nearest, with the tries and when that end was last heard', () => {
    const where = (given: LineFacts) => lineState(given)?.where;
    expect(where(facts({ status: 'offline', missed: 3 }, { isOnline: false }))).toBe('network');
    expect(where(facts({ status: 'unreachable' }))).toBe('server');
    expect(lineState(facts({ missed: 4 }))).toMatchObject({
      where: 'server',
      missed: 4,
      heardMs: 9,
    });
    expect(lineState(facts({}, { isOnline: false }))).toMatchObject({
      where: 'terminal',
      heardMs: 5,
    });
    expect(where(facts({}, { isConnected: false }))).toBe('broker');
  });

  test('says what still works wherever it is cut', () => {
    for (const given of [facts({ missed: 2 }), facts({}, { isOnline: false })]) {
      expect(lineState(given)?.works).toMatch(/Stops and targets/);
    }
  });
});
