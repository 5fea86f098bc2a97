import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { server } from './server.svelte.ts';

// Here nothing draws: a rune is the value it holds.
vi.hoisted(() => void vi.stubGlobal('$state', <T>(value: T) => value));

let answers: 'well' | 'never' = 'well';
let asked = 0;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
  answers = 'well';
  asked = 0;
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('document', { visibilityState: 'visible' });
  vi.stubGlobal('fetch', () => {
    asked++;
    if (answers === 'never') return Promise.reject(new TypeError('no answer'));
    return Promise.resolve(Response.json({ status: 'ok' }));
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a server that dies is told within seconds of the first doubt', async () => {
  await server.check();
  expect(server.status).toBe('reachable');
  answers = 'never';
  await vi.advanceTimersByTimeAsync(2_000);
  server.doubt();
  await vi.advanceTimersByTimeAsync(0);
  expect(server.status).toBe('unreachable');
});

test('without any doubt it is told by the next look, and its return by the first word of it', async () => {
  await server.check();
  answers = 'never';
  await vi.advanceTimersByTimeAsync(10_000);
  expect(server.status).toBe('unreachable');
  answers = 'well';
  await vi.advanceTimersByTimeAsync(2_000);
  server.heard();
  await vi.advanceTimersByTimeAsync(0);
  expect(server.status).toBe('reachable');
});

test('a burst of doubts asks once', async () => {
  await server.check();
  await vi.advanceTimersByTimeAsync(2_000);
  const before = asked;
  for (let k = 0; k < 20; k++) {
    server.doubt();
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(asked - before).toBe(1);
});
