import { expect, test } from 'vitest';
import { usualLimits } from '#core/risk/limits.ts';
import type { AccountView } from '#core/broker/views.ts';
import { accountNow } from './account-now.ts';

const account: AccountView = {
  ...{ accountId: 'a', name: 'A', kind: 'mt5', state: 'paired', haltReason: null },
  ...{ isSimulated: true, broker: null, limits: usualLimits, paper: null, exchange: null },
  ...{ pairUntilMs: null, createdMs: 0 },
  health: {
    ...{ isOnline: true, lastHeardMs: 0, latencyMs: 12, pingUs: null, serverOffsetMs: null },
    ...{ isConnected: true, isTradeAllowed: true, queue: 0, dropped: 0, positions: 0 },
    reconciledMs: null,
  },
};

test('no account is called connected while the server does not answer', () => {
  expect(accountNow(account, 'reachable')).toMatchObject({ short: 'Connected', tone: 'ok' });
  for (const status of ['unreachable', 'offline'] as const) {
    const now = accountNow(account, status);
    expect(now.tone).toBe('warning');
    expect(now.short).not.toBe('Connected');
    expect(now.long).toContain('last told: connected');
  }
});

test('what was wrong with it before is still told', () => {
  const halted = { ...account, state: 'halted' } as const;
  expect(accountNow(halted, 'unreachable').tone).toBe('danger');
});
