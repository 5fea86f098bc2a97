import { describe, expect, test } from 'vitest';
import { orderStates } from '#core/broker/intent.ts';
import { usualPaper } from '#core/broker/paper-settings.ts';
import type { AccountView } from '#core/broker/views.ts';
import { usualLimits } from '#core/risk/limits.ts';
import { accountState, haltText, latencyText, offsetText } from './connections.ts';
import { eventDetail, eventText, intentTitle, lotsText, reasonText, stateWords } from './orders.ts';
import { refusalWords, retcodeWords } from './retcodes.ts';

describe('an order in words', () => {
  test('has a sentence for each state it can be in', () => {
    for (const state of orderStates) {
      expect(stateWords(state).long).toMatch(/\.$/);
      expect(stateWords(state).short).not.toBe(state);
    }
    expect(new Set(orderStates.map((state) => stateWords(state).long)).size).toBe(
      orderStates.length,
    );
  });

  test('says of a lost answer that nothing is sent again', () => {
    expect(stateWords('unknown').long).toBe(
      'We asked; the answer got lost. We are finding out; nothing is sent again.',
    );
  });

  test('is named by what it does', () => {
    expect(
      intentTitle({
        ...{ t: 'close', position: '1', symbol: 'EURUSD', volumeLots: 0.5 },
        ...{ deviationPoints: 1, worstPrice: null },
      }),
    ).toBe('Close 0.50 EURUSD');
    expect(lotsText(0.125)).toBe('0.125');
  });

  test('gives the broker’s reason by its number, also one that is new', () => {
    expect(reasonText({ reason: null, retcode: 10_019 })).toBe('Not enough money (10019)');
    expect(retcodeWords(10_999)).toBe('The broker answered 10999');
    expect(reasonText({ reason: 'price', retcode: 0 })).toContain('worse than the worst');
    expect(refusalWords('trade.account-halted')).not.toBe('');
    expect(refusalWords('of a later version')).toBe('');
  });

  test('tells each event, and one of a later version by its name', () => {
    const event = { atMs: 0, name: 'filled', detail: { filledLots: 0.1, averagePrice: 1.08 } };
    expect(eventText(event)).toBe('Filled');
    expect(eventDetail(event)).toBe('0.10 lots · at 1.08');
    expect(eventText({ ...event, name: 'later' })).toBe('later');
  });
});

describe('an account in words', () => {
  const health = {
    ...{ isOnline: true, lastHeardMs: 0, latencyMs: 12, pingUs: null, serverOffsetMs: null },
    ...{ isConnected: true, isTradeAllowed: true, queue: 0, dropped: 0, positions: 0 },
    reconciledMs: null,
  };
  const account: AccountView = {
    ...{ accountId: 'a', name: 'A', kind: 'paper', state: 'paired', haltReason: null },
    ...{ isSimulated: true, broker: null, health, limits: usualLimits, paper: usualPaper },
    ...{ exchange: null, pairUntilMs: null, createdMs: 0 },
  };

  test('says the worst that is so', () => {
    expect(accountState(account).short).toBe('Connected');
    const offline = { ...account, health: { ...health, isOnline: false } };
    expect(accountState({ ...offline, kind: 'mt5' }).short).toBe('Not connected');
    expect(accountState({ ...account, kind: 'mt5', health: null }).tone).toBe('warning');
    // Nothing is open on one that sleeps: no reason to warn.
    expect(accountState(offline)).toMatchObject({ short: 'Asleep', tone: 'quiet' });
    expect(accountState({ ...offline, state: 'halted' }).tone).toBe('danger');
    const unheard = { ...account, health: { ...health, isConnected: false } };
    expect(accountState(unheard).short).toBe('No broker');
    const reading = { ...account, health: { ...health, isTradeAllowed: false } };
    expect(accountState(reading).short).toBe('Reading only');
  });

  test('grades the line and tells the broker’s clock', () => {
    expect([99, 100, 499, 500].map(latencyText)).toEqual([
      '99 ms, good',
      '100 ms, fair',
      '499 ms, fair',
      '500 ms, slow',
    ]);
    expect(offsetText(7_200_000)).toBe('2 h ahead of UTC');
    expect(offsetText(0)).toBe('the same as UTC');
  });

  test('knows why it halts, and shows a newer reason as it is', () => {
    expect(haltText('other-account')).toContain('another account');
    expect(haltText('of a later version')).toBe('of a later version');
  });
});
