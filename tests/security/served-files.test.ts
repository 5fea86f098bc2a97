/** What the server gives out of the folder of pages, and what it keeps. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pageHandler } from '../../sync/http/pages.ts';

const texts = ['a.css', 'a.csv', 'a.html', 'a.js', 'a.mjs', 'a.svg', 'a.txt', 'a.xml'];

let folder: string;
let server: Server;
let address: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offing-files-'));
  await mkdir(join(folder, '.git'));
  await mkdir(join(folder, 'prices', 'old'), { recursive: true });
  await writeFile(join(folder, '404.html'), '<p>the shell</p>');
  for (const hidden of ['.git/config', '.env', '.npmrc', 'prices/.secret']) {
    await writeFile(join(folder, hidden), 'canary-5170');
  }
  await writeFile(join(folder, 'prices', 'old', 'canary-5170.csv'), '');
  for (const name of texts) await writeFile(join(folder, name), 'text');
  const answer = pageHandler(folder);
  server = createServer((request, response) => answer(request, response, request.url ?? ''));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

it.each(['/.git/config', '/.git/', '/.env', '/.npmrc', '/prices/.secret', '/%2egit/config'])(
  'a file whose name begins with a dot is not given out: %s',
  async (path) => {
    expect(await (await fetch(address + path)).text()).not.toContain('canary-5170');
  },
);

it.each(['/', '/prices', '/prices/', '/prices/old/'])(
  'a folder is not listed: %s',
  async (path) => {
    expect(await (await fetch(address + path)).text()).not.toContain('canary-5170');
  },
);

it.each(texts)('a text says in which characters it is written: %s', async (name) => {
  const { headers } = await fetch(`${address}/${name}`);
  expect(headers.get('content-type')).toMatch(/; ?charset=utf-8$/);
});
