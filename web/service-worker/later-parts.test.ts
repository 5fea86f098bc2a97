import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { laterParts } from './later-parts.ts';

const origin = 'https://offing.example';
let kept: Map<string, string>;
let asked: string[];
let reachable: (path: string) => boolean;

// Other files' tests run in this process as well.
afterEach(() => vi.unstubAllGlobals());
beforeEach(() => {
  kept = new Map();
  asked = [];
  reachable = () => true;
  const pathOf = (request: Request | string) =>
    new URL(typeof request === 'string' ? request : request.url, origin).pathname;
  vi.stubGlobal('caches', {
    open: async () => ({
      keys: async () => [...kept.keys()].map((path) => new Request(origin + path)),
      match: async (request: Request) => {
        const text = kept.get(pathOf(request));
        return text === undefined ? undefined : new Response(text);
      },
      put: async (request: Request | string, response: Response) => {
        kept.set(pathOf(request), await response.text());
      },
      delete: async (request: Request | string) => kept.delete(pathOf(request)),
    }),
  });
  vi.stubGlobal('fetch', async (request: Request | string) => {
    const path = pathOf(request);
    asked.push(path);
    if (!reachable(path)) throw new TypeError('Failed to fetch');
    return new Response(path === '/gone.js' ? '' : `of ${path}`, {
      status: path === '/gone.js' ? 404 : 200,
    });
  });
});

const answerOf = async (parts: ReturnType<typeof laterParts>, path: string) => {
  const request = new Request(origin + path);
  const answer = await parts.answer({ request } as Parameters<typeof parts.answer>[0]);
  return (answer as Response).text();
};

test('a part is fetched once, when it is first asked for', async () => {
  const parts = laterParts(['/a.js']);
  expect(await answerOf(parts, '/a.js')).toBe('of /a.js');
  expect(await answerOf(parts, '/a.js')).toBe('of /a.js');
  expect(asked).toEqual(['/a.js']);
});

test('the rest is fetched one after another, what is kept is not, and parts of other versions go', async () => {
  kept.set('/a.js', 'of /a.js').set('/old.js', 'of before');
  const parts = laterParts(['/a.js', '/b.js', '/c.js']);
  await Promise.all([
    parts.fetchAll(['/a.js', '/b.js', '/c.js']),
    parts.fetchAll(['/a.js', '/b.js', '/c.js']),
  ]);
  expect(asked).toEqual(['/b.js', '/c.js']);
  expect([...kept.keys()]).toEqual(['/a.js', '/b.js', '/c.js']);
});

test('a line that is cut in between leaves what came, and the next time goes on from there', async () => {
  const parts = laterParts(['/a.js', '/b.js']);
  reachable = (path) => path !== '/b.js';
  await parts.fetchAll(['/a.js', '/b.js']);
  expect([...kept.keys()]).toEqual(['/a.js']);
  reachable = () => true;
  await parts.fetchAll(['/a.js', '/b.js']);
  expect(asked).toEqual(['/a.js', '/b.js', '/b.js']);
  expect([...kept.keys()]).toEqual(['/a.js', '/b.js']);
});

test('what the server does not have is not kept', async () => {
  await laterParts(['/gone.js']).fetchAll(['/gone.js']);
  expect(kept.size).toBe(0);
});
