/** What the server sends out goes to the address that an operator named, and no further. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createErrorReports } from '../../sync/ops/error-reports.ts';
import { createTracing } from '../../sync/ops/tracing.ts';

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  while (endings.length > 0) await endings.pop()!();
});

/** Counts requests; sends whoever asks on to `elsewhere`, where that is given. */
async function place(status: number, elsewhere: string | null) {
  let asked = 0;
  const server = createServer((request, response) => {
    asked++;
    request.resume();
    if (elsewhere !== null) response.setHeader('location', elsewhere);
    response.writeHead(status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endings.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const { port } = server.address() as AddressInfo;
  return { host: `127.0.0.1:${port}`, asked: () => asked };
}

const release = { sampleRatio: 1, release: '0.0.0-test', environmentName: 'test' };

it.each([301, 302, 303, 307, 308])('a redirect by %i is not followed', async (status) => {
  const far = await place(200, null);
  const near = await place(status, `http://${far.host}/`);
  const reports = await createErrorReports({ dsn: `http://abc123@${near.host}/1`, ...release });
  reports.report(new Error('of the test'), {});
  await reports.close();
  const tracing = await createTracing({ endpoint: `http://${near.host}`, ...release });
  await tracing.span('of the test', { requestId: 'of-the-test' }, async () => undefined);
  await tracing.close();
  expect(near.asked()).toBeGreaterThanOrEqual(2);
  expect(far.asked()).toBe(0);
});
