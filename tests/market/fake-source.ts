/** A source of market data on this machine that answers as it is told to, well or badly. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is done with a request in place of its answer. */
export type Mischief =
  /** Never answered. */
  | 'silent'
  /** A letter at a time, without end. */
  | 'drip'
  /** Status 500. */
  | 'failed'
  /** Status 429, to be asked again after seven seconds. */
  | 'limited'
  /** No JSON. */
  | 'noise'
  /** JSON of another shape. */
  | 'nonsense'
  /** The line is cut within the answer. */
  | 'cut'
  /** Without end, and fast. */
  | 'huge'
  /** Elsewhere. */
  | 'moved';

export interface FakeSource {
  readonly url: string;
  /** What was asked, in order. */
  readonly asked: URL[];
  /** Befalls the next requests, one each. */
  readonly mischief: Mischief[];
  /** The source's clock is so far ahead. */
  skewMs: number;
  close(): Promise<void>;
}

export async function fakeSource(answer: (url: URL) => unknown): Promise<FakeSource> {
  const asked: URL[] = [];
  const mischief: Mischief[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://fake');
    asked.push(url);
    response.setHeader('date', new Date(Date.now() + fake.skewMs).toUTCString());
    const next = mischief.shift();
    if (next) return befall(next, request, response);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer(url)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const fake: FakeSource = {
    url: `http://127.0.0.1:${port}`,
    ...{ asked, mischief, skewMs: 0 },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return fake;
}

function befall(what: Mischief, request: IncomingMessage, response: ServerResponse): void {
  switch (what) {
    case 'silent':
      return;
    case 'drip': {
      response.write('[');
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
      return;
    }
    case 'failed':
      return void response.writeHead(500).end('{}');
    case 'limited':
      return void response.writeHead(429, { 'retry-after': '7' }).end('{}');
    case 'noise':
      return void response.end('<html>maintenance</html>');
    case 'nonsense':
      return void response.end('{"data":{"values":[7]},"results":7}');
    case 'cut':
      response.write('[1,');
      return void setTimeout(() => request.socket.destroy(), 10);
    case 'huge': {
      const part = Buffer.alloc(65_536, 0x20);
      const more = () => {
        while (!response.destroyed && response.write(part));
      };
      response.on('drain', more);
      return more();
    }
    case 'moved':
      return void response.writeHead(302, { location: '/elsewhere' }).end();
  }
}
