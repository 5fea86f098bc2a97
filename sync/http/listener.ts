/** The listening socket: plain or TLS, with limits on how slow and how large a request may be. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { createSecureContext } from 'node:tls';
import { ok, type Result } from '#core/result.ts';
import type { Configuration } from '../configuration.ts';
import { errorCode } from '../data/durable-file.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { isLivePath } from '../rooms/socket-host.ts';
import { isTerminalsPath } from '../terminals/terminal-gate.ts';

const limits = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 20_000,
  connectionsCheckingInterval: 2_000,
  // Elsewhere a wish for another protocol is not granted, and the request answered as it stands.
  shouldUpgradeCallback: ({ url, headers }: IncomingMessage) =>
    (isLivePath(url) || isTerminalsPath(url)) && headers.upgrade?.toLowerCase() === 'websocket',
};
const mostConnections = 10_000;
const drainLimitMs = 10_000;
/** Authenticated encryption with keys of one connection alone; for TLS 1.3 it is so by itself. */
const ciphers = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE+AESGCM',
  'ECDHE+CHACHA20',
].join(':');

/** Refuses a certificate or key that cannot be read or do not belong together. */
export async function createListener(tls: Configuration['tls']): Promise<Result<Server, Refusal>> {
  if (!tls) return ok(guarded(createServer(limits)));
  const cert = await readSetting('OFFING_TLS_CERT', tls.certFile);
  if (!cert.ok) return cert;
  const key = await readSetting('OFFING_TLS_KEY', tls.keyFile);
  if (!key.ok) return key;
  const pair = { cert: cert.value, key: key.value };
  try {
    createSecureContext(pair);
  } catch {
    return refuse('OFFING_TLS_CERT and OFFING_TLS_KEY are not a certificate and its key in PEM.');
  }
  return ok(guarded(createTlsServer({ ...limits, ...pair, minVersion: 'TLSv1.2', ciphers })));
}

/** Listens, or says that the port is taken; anything else in the way is a refusal. */
export async function listen(
  server: Server,
  host: string,
  port: number,
): Promise<Result<'listening' | 'taken', Refusal>> {
  return new Promise((resolve) => {
    const failed = (error: Error) => {
      server.off('listening', listening);
      if (errorCode(error) === 'EADDRINUSE') return resolve(ok('taken'));
      resolve(
        refuse(
          `Cannot listen on ${host} port ${port}: ${reasons[errorCode(error)] ?? error.message}.`,
        ),
      );
    };
    const listening = () => {
      server.off('error', failed);
      resolve(ok('listening'));
    };
    server.once('error', failed);
    server.once('listening', listening);
    server.listen({ host, port, exclusive: true });
  });
}

/** Takes no more connections, lets the requests under way finish, then cuts what is left. */
export async function drain(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), drainLimitMs);
  await closed;
  clearTimeout(cut);
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not; ports below 1024 belong to root',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such host',
};

function guarded<S extends Server>(server: S): S {
  server.maxConnections = mostConnections;
  server.on('clientError', answerBrokenRequest);
  server.on('connect', (_, socket: Duplex) => socket.destroy());
  return server;
}

/** What the parser itself refuses never becomes a request; it still gets a proper answer. */
function answerBrokenRequest(error: Error, socket: Duplex): void {
  if (!socket.writable) return void socket.destroy();
  const status = statuses[errorCode(error)] ?? '400 Bad Request';
  const head = [
    `HTTP/1.1 ${status}`,
    'Connection: close',
    'Content-Length: 0',
    'X-Content-Type-Options: nosniff',
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n`, () => socket.destroy());
}

const statuses: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

async function readSetting(name: string, path: string): Promise<Result<Buffer, Refusal>> {
  try {
    return ok(await readFile(path));
  } catch (error) {
    return refuse(`${name} names ${path}, which cannot be read (${errorCode(error)}).`);
  }
}
