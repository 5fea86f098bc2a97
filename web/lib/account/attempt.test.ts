/** A form tries once at a time, says why it failed, and waits where the server wants that. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fail, ok } from '#core/result.ts';
import { Attempt } from './attempt.svelte.ts';

// Here nothing draws: a rune is the value it holds.
vi.hoisted(() => {
  const plain = <T>(value: T) => value;
  vi.stubGlobal('$state', Object.assign(plain, { raw: plain }));
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a second press while the first is on its way sends nothing', async () => {
  const attempt = new Attempt();
  let sent = 0;
  const send = async () => {
    sent++;
    await Promise.resolve();
    return ok(sent);
  };
  const [first, second] = await Promise.all([attempt.run(send), attempt.run(send)]);
  expect([first, second, sent]).toEqual([1, null, 1]);
});

test('a refusal for a while holds back until it is over, then is forgotten', async () => {
  const attempt = new Attempt();
  const refused = { code: 'limits.too-many-calls', detail: '', retryAfterMs: 42_000 } as const;
  await attempt.run(() => Promise.resolve(fail(refused)));
  expect(attempt.waitSeconds).toBe(42);
  expect(await attempt.run(() => Promise.resolve(ok('sent')))).toBeNull();
  vi.advanceTimersByTime(41_000);
  expect(attempt.waitSeconds).toBe(1);
  vi.advanceTimersByTime(1_500);
  expect(attempt.waitSeconds).toBe(0);
  expect(attempt.failure).toBeNull();
  expect(await attempt.run(() => Promise.resolve(ok('sent')))).toBe('sent');
});

test('a failure stands beside its field or apart, and success clears it', async () => {
  const attempt = new Attempt();
  const wrong = { code: 'auth.password-wrong', detail: '' } as const;
  await attempt.run(() => Promise.resolve(fail(wrong)));
  expect(attempt.beside('auth.password-wrong')).toContain('password is wrong');
  expect(attempt.beside('auth.code-wrong')).toBeUndefined();
  expect(attempt.otherThan('auth.password-wrong')).toBeNull();
  expect(attempt.otherThan('auth.code-wrong')).toEqual(wrong);
  await attempt.run(() => Promise.resolve(ok(true)));
  expect(attempt.failure).toBeNull();
});

test('what was put away is no failure', async () => {
  const attempt = new Attempt();
  await attempt.run(() => Promise.resolve(fail({ code: 'work.cancelled', detail: '' })));
  expect(attempt.failure).toBeNull();
});

test('a bug goes on to whoever watches for bugs, and the form can be tried again', async () => {
  const attempt = new Attempt();
  await expect(attempt.run(() => Promise.reject(new Error('bug')))).rejects.toThrow('bug');
  expect(attempt.busy).toBe(false);
});
