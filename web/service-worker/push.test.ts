/** What a push shows, whatever it holds, and where a press on it leads. */
import fc from 'fast-check';
import { beforeEach, expect, test, vi } from 'vitest';
import { showPushes } from './push.ts';

const icon = '/icons/icon-192.png';
const wordless = ['An alert of yours', { body: '', tag: '', icon }];

let shown: unknown[][];
let windows: { focus: () => Promise<void>; navigate: (path: string) => Promise<void> }[];
let opened: string[];
let send: (name: 'push' | 'notificationclick', event: object) => Promise<unknown>;

beforeEach(() => {
  [shown, windows, opened] = [[], [], []];
  const listeners = new Map<string, (event: object) => void>();
  showPushes({
    addEventListener: (name: string, listener: (event: object) => void) =>
      void listeners.set(name, listener),
    registration: { showNotification: async (...given: unknown[]) => void shown.push(given) },
    clients: {
      matchAll: async () => windows,
      openWindow: async (path: string) => void opened.push(path),
    },
  } as unknown as ServiceWorkerGlobalScope);
  send = async (name, event) => {
    const waits: Promise<unknown>[] = [];
    listeners.get(name)!({ ...event, waitUntil: (work: Promise<unknown>) => waits.push(work) });
    // The browser ends a worker that it is not asked to wait for.
    expect(waits).toHaveLength(1);
    await waits[0];
  };
});

const push = (text: string) => send('push', { data: { json: () => JSON.parse(text) as unknown } });

test('a note is shown as the server said it', async () => {
  await push(JSON.stringify({ title: 'EURUSD rose to 1.1', body: 'Look', tag: 'alert-7' }));
  expect(shown).toEqual([['EURUSD rose to 1.1', { body: 'Look', tag: 'alert-7', icon }]]);
});

test.each(['', '{', 'null', '7', '"text"', '[]', '{}', '{"title":"","body":null,"tag":{}}'])(
  'something is shown though nothing can be read, and beside what is shown already: %s',
  async (text) => {
    await push(text);
    expect(shown).toEqual([wordless]);
  },
);

test('something is shown though nothing came', async () => {
  await send('push', { data: null });
  expect(shown).toEqual([wordless]);
});

test('whatever it holds, one short note with a title is shown, and nothing besides', async () => {
  const part = fc.oneof(fc.string({ maxLength: 400 }), fc.jsonValue());
  const keys = ['title', 'body', 'tag', 'icon', 'image', 'actions', 'data', '__proto__'] as const;
  const hostile = fc.dictionary(fc.constantFrom(...keys), part);
  await fc.assert(
    fc.asyncProperty(hostile, async (said) => {
      shown = [];
      await push(JSON.stringify(said));
      const [[title, rest]] = shown as [[string, Record<string, string>]];
      expect(shown).toHaveLength(1);
      expect(title).not.toBe('');
      expect(Object.keys(rest)).toEqual(['body', 'tag', 'icon']);
      expect(rest['icon']).toBe(icon);
      for (const text of [title, ...Object.values(rest)]) {
        expect(typeof text).toBe('string');
        expect(text.length).toBeLessThanOrEqual(200);
      }
    }),
  );
});

test('a press closes the note and opens the alerts, in a window that is there or a new one', async () => {
  const close = vi.fn();
  const pressed = () => send('notificationclick', { notification: { close } });
  await pressed();
  expect(opened).toEqual(['/alerts/']);
  const went: string[] = [];
  const [focus, navigate] = [
    async () => void went.push('focus'),
    async (path: string) => void went.push(path),
  ];
  windows = [{ focus, navigate }];
  await pressed();
  expect([went, opened]).toEqual([['focus', '/alerts/'], ['/alerts/']]);
  // One that the worker does not control cannot be led anywhere.
  windows = [{ focus, navigate: () => Promise.reject(new TypeError('not controlled')) }];
  await pressed();
  expect(opened).toEqual(['/alerts/', '/alerts/']);
  expect(close).toHaveBeenCalledTimes(3);
});
