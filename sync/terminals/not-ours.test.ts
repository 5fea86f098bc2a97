import { expect, test } from 'vitest';
import { notOurs } from './not-ours.ts';

function clocked() {
  const clock = { nowMs: 1_000 };
  return { clock, others: notOurs({ now: () => clock.nowMs }) };
}

test('an account that is another’s is not looked at again for half a minute', () => {
  const { clock, others } = clocked();
  expect(others.has('a')).toBe(false);
  others.lookedAt('a').isNotOurs();
  clock.nowMs += 29_999;
  expect(others.has('a')).toBe(true);
  expect(others.has('b')).toBe(false);
  clock.nowMs += 1;
  expect(others.has('a')).toBe(false);
});

test('an account that changed is looked at again at once', () => {
  const { others } = clocked();
  others.lookedAt('a').isNotOurs();
  others.forget('a');
  expect(others.has('a')).toBe(false);
});

test('what was read before an account changed is not remembered of it', () => {
  const { others } = clocked();
  const looked = others.lookedAt('a');
  others.forget('a');
  looked.isNotOurs();
  expect(others.has('a')).toBe(false);
});
