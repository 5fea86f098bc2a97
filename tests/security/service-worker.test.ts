/** The service worker, run as a browser would, keeps its hands off what the server alone may answer. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

type Listener = (event: unknown) => void;

const listeners: Record<string, Listener[]> = {};
const notes: string[] = [];
const origin = 'https://offing.example';

beforeAll(async () => {
  // What a service worker finds around it; the rest is the real worker on the real workbox.
  vi.stubGlobal('self', globalThis);
  vi.stubGlobal('location', new URL(`${origin}/service-worker.js`));
  const showNotification = async (title: string) => void notes.push(title);
  vi.stubGlobal('registration', { scope: `${origin}/`, showNotification });
  vi.stubGlobal('addEventListener', (name: string, listener: Listener) => {
    (listeners[name] ??= []).push(listener);
  });
  vi.stubGlobal('__WB_DISABLE_DEV_LOGS', true);
  vi.stubGlobal(
    'PRECACHE',
    ['/404.html', '/index.html'].map((url) => ({ url, revision: '1' })),
  );
  vi.stubGlobal('SOON', ['/_app/immutable/nodes/notes.js']);
  vi.stubGlobal('FIRST_USE', ['/_app/immutable/code.wasm']);
  vi.stubGlobal('caches', {
    open: async () => ({ match: async () => new Response('kept'), keys: async () => [] }),
    match: async () => new Response('kept'),
    keys: async () => [],
  });
  vi.stubEnv('NODE_ENV', 'production');
  await import('../../web/service-worker/service-worker.ts');
});

afterAll(() => vi.unstubAllGlobals());

/** Whether the worker answers in the place of the network. */
function isAnswered(path: string, method: string, mode: string): boolean {
  let isTaken = false;
  const request = { url: origin + path, method, mode, destination: '', headers: new Headers() };
  for (const listener of listeners['fetch'] ?? []) {
    listener({
      request,
      respondWith: (answer: Promise<unknown>) => {
        isTaken = true;
        void Promise.resolve(answer).catch(() => undefined);
      },
      waitUntil: () => undefined,
      stopImmediatePropagation: () => undefined,
    });
  }
  return isTaken;
}

it('answers for a page', () => {
  expect(isAnswered('/prices/', 'GET', 'navigate')).toBe(true);
});

it.each([
  ...['/trpc/auth.me', '/trpc/auth.signIn', '/trpc/account.profile?input={}', '/trpc', '/trpc/'],
  ...['/api/v1/profile', '/api/v1/openapi.json', '/healthz', '/readyz', '/metrics'],
  ...['/live', '/live/events', '/chunks/0123456789abcdef'],
  '/mail-preview/',
])('leaves to the server, whoever asks and however: %s', (path) => {
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']) {
    for (const mode of ['navigate', 'cors', 'same-origin', 'no-cors']) {
      expect(isAnswered(path, method, mode)).toBe(false);
    }
  }
});

it('shows what is pushed', () => {
  const data = { json: () => ({ title: 'EURUSD rose to 1.1' }) };
  for (const listener of listeners['push'] ?? []) listener({ data, waitUntil: () => undefined });
  expect(notes).toEqual(['EURUSD rose to 1.1']);
});
