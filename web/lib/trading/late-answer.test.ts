import { expect, test } from 'vitest';
import type { Delivery } from './delivery.ts';
import { lateAnswer } from './late-answer.ts';

const failure = {
  code: 'trade.volume-above-max',
  detail: '',
  figures: { value: 500, limit: 100 },
} as const;

test('a refusal that comes late says what was refused and why, until it is closed', () => {
  const notice = lateAnswer('Buy 500.00 EURUSD', { state: 'refused', failure });
  expect(notice).toMatchObject({ stay: true, tone: 'danger' });
  expect(notice?.text).toMatch(/^Buy 500.00 EURUSD: not done\. The volume is above the largest/);
  expect(notice?.detail).toContain('500 lots; the largest is 100.');
});

test('every late answer stays, and a request that never left tells nothing', () => {
  const late: readonly Delivery[] = [
    { state: 'lapsed' },
    { state: 'taken', view: { requestId: 'r', intents: [] } as never },
  ];
  for (const delivery of late) expect(lateAnswer('Close', delivery)).toMatchObject({ stay: true });
  expect(lateAnswer('Close', { state: 'unkept' })).toBeNull();
});
