import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { snapshotPages } from './page-snapshot.ts';
import { cachingOf, isPage, pageHandler } from './pages.ts';

describe('an address without a file', () => {
  it.each(['/', '/prices', '/prices/EURUSD.H1', '/runs/2024-01-01', '/a.b/c', '/strategies/'])(
    'is a page when it is %s',
    (pathname) => expect(isPage(pathname, 'text/html')).toBe(true),
  );

  it.each([
    '/app.js',
    '/a/b/icon.png',
    '/robots.txt',
    '/wp-login.php',
    '/_app/immutable/x',
    '/.env',
  ])('is a missing file when it is %s', (pathname) =>
    expect(isPage(pathname, 'text/html')).toBe(false),
  );

  it('is no page to a request that takes no HTML', () => {
    expect(isPage('/prices', 'application/json')).toBe(false);
    expect(isPage('/prices', '*/*')).toBe(true);
    expect(isPage('/prices', undefined)).toBe(true);
  });
});

describe('caching', () => {
  it('is forever for files named by their content and never for the rest', () => {
    expect(cachingOf('/_app/immutable/chunks/a.js')).toContain('immutable');
    expect(cachingOf('/service-worker.js')).toBe('no-cache');
    expect(cachingOf('/')).toBe('no-cache');
    expect(cachingOf('/_app/version.json')).toBe('no-cache');
  });
});

describe('served pages', () => {
  let folder: string;
  let server: Server;
  let address: string;
  const shell = '<html>shell</html>';
  const script = `export const text = ${JSON.stringify('long '.repeat(1_000))};`;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'offing-pages-'));
    const built = join(folder, 'build');
    await mkdir(join(built, '_app', 'immutable'), { recursive: true });
    await writeFile(join(built, '404.html'), shell);
    await writeFile(join(built, 'index.html'), '<html>home</html>');
    await writeFile(join(built, 'prices.html'), '<html>prices</html>');
    await writeFile(join(built, '_app', 'immutable', 'a.js'), script);
    const snapshot = await snapshotPages(built, join(folder, 'pages'));
    if (!snapshot.ok) throw new Error(snapshot.error.sentence);
    await rm(built, { recursive: true });
    const pages = pageHandler(snapshot.value.folder);
    server = createServer((request, response) => pages(request, response, request.url!));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true });
  });

  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(address + path, { headers });
    return { status: response.status, headers: response.headers, body: await response.text() };
  };

  it('stay as they were at the start, whatever becomes of the build', async () => {
    expect((await get('/')).body).toContain('home');
    expect((await get('/prices')).body).toContain('prices');
  });

  it('fall back to the shell, as a success, for an address the app draws', async () => {
    expect(await get('/runs/17')).toMatchObject({ status: 200, body: shell });
    expect((await get('/runs/17')).headers.get('cache-control')).toBe('no-cache');
  });

  it('say that a file is missing instead of sending the shell for it', async () => {
    expect((await get('/gone.js')).status).toBe(404);
    expect((await get('/_app/immutable/gone.js')).status).toBe(404);
  });

  it.each(['br', 'gzip'])('are sent as %s to those who take it', async (encoding) => {
    const answer = await get('/_app/immutable/a.js', { 'accept-encoding': encoding });
    expect(answer.headers.get('content-encoding')).toBe(encoding);
    expect(answer.headers.get('vary')).toBe('Accept-Encoding');
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect(answer.body).toBe(script);
  });

  it.each(['bytes=5-2', 'bytes=abc', 'bytes=-1', 'bytes=999999-', 'x'])(
    'are whole for the range %s',
    async (range) => {
      expect(await get('/_app/immutable/a.js', { range })).toMatchObject({
        status: 200,
        body: script,
      });
    },
  );

  it('cannot be written to', async () => {
    expect((await fetch(address, { method: 'POST', body: 'x' })).status).toBe(405);
  });
});

describe('a build', () => {
  it('that is absent or cut short is refused, with the command that makes it', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'offing-pages-'));
    const snapshot = await snapshotPages(empty, join(empty, 'pages'));
    expect(snapshot).toMatchObject({ ok: false });
    expect(snapshot.ok ? '' : snapshot.error.sentence).toContain('npm run build');
    await rm(empty, { recursive: true });
  });
});
