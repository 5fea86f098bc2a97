/**
 * Terminals over WebSockets in the server itself: `/terminals`, on the port of everything else.
 *
 * Each side proves that it holds the account's token, which never crosses the wire; until then
 * nothing is done for whoever called but to look the account up once.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { PROTOCOL } from '#core/broker/frame.ts';
import type { Auth, Challenge } from '#core/broker/handshake.ts';
import { refuseSocket } from '../rooms/socket-host.ts';
import type { Log } from '../ops/log.ts';
import { openFrames, type Frames } from './frames.ts';
import {
  challenge,
  longestAuthLength,
  prove,
  readAuth,
  type PairedAccount,
  type Stranger,
} from './introduction.ts';
import type { TerminalGate } from './terminal-gate.ts';
import { terminalEnds, type TerminalEnd } from './terminal-ends.ts';

export interface Introduced {
  readonly account: PairedAccount;
  readonly auth: Auth;
  readonly session: string;
  readonly socket: WebSocket;
  readonly frames: Frames;
}

export interface TerminalHostOptions {
  readonly gate: TerminalGate;
  /** The account with its token, whoever asks. */
  find(accountId: string): Promise<PairedAccount | null>;
  /** Null once the session has begun; else why it does not. */
  begin(introduced: Introduced): Promise<TerminalEnd | null>;
  /** Listens from now on, even to a socket that has closed meanwhile. */
  open(introduced: Introduced): void;
  /** Of an account that there is. */
  onStranger(account: PairedAccount, why: Stranger): void;
  now(): number;
  readonly log: Log;
}

export interface TerminalHost {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

const longestFrameBytes = 1_048_576;
const introductionMs = 10_000;
const closeLimitMs = 1_000;

export function openTerminalHost(options: TerminalHostOptions): TerminalHost {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: longestFrameBytes,
    handleProtocols: (offered) => (offered.has(PROTOCOL) ? PROTOCOL : false),
  });
  const waiting = new Set<WebSocket>();
  return {
    upgrade(request, socket, head) {
      const admitted = options.gate.admit(request);
      if (typeof admitted === 'number') return refuseSocket(socket, admitted);
      const { subject } = admitted;
      let isSettled = false;
      const settle = () => {
        if (!isSettled) options.gate.settle(subject);
        isSettled = true;
      };
      socket.once('close', settle);
      server.handleUpgrade(request, socket, head, (client) => {
        waiting.add(client);
        welcome(client, subject, options, () => {
          waiting.delete(client);
          settle();
        });
      });
    },
    close() {
      for (const client of waiting) client.terminate();
      server.close();
    },
  };
}

function welcome(
  client: WebSocket,
  subject: string,
  options: TerminalHostOptions,
  settle: () => void,
): void {
  const asked = challenge();
  const late = setTimeout(() => client.terminate(), introductionMs);
  const over = () => {
    clearTimeout(late);
    settle();
  };
  // What breaks the rules of the protocol is followed by `close`.
  client.on('error', () => undefined);
  client.once('close', over);
  client.once('message', (data, isBinary) => {
    introduce(client, asked, isBinary ? '' : asText(data), subject, options)
      .catch((error: unknown) => {
        options.log.warn({ err: error }, 'a terminal could not be let in');
        end(client, 'failed');
      })
      .finally(over);
  });
  client.send(JSON.stringify(asked));
}

async function introduce(
  client: WebSocket,
  asked: Challenge,
  text: string,
  subject: string,
  options: TerminalHostOptions,
): Promise<void> {
  const auth = readAuth(text);
  const account = auth && (await options.find(auth.accountId));
  const proved = auth && prove(auth, asked, account, options.now());
  if (!auth || !proved?.ok || !account) {
    options.gate.fail(subject);
    if (account && proved && !proved.ok) options.onStranger(account, proved.error);
    return end(client, proved && !proved.ok && proved.error === 'revoked' ? 'revoked' : 'refused');
  }
  if (client.readyState !== client.OPEN) return;
  const { key, ready } = proved.value;
  const { session } = asked;
  const frames = openFrames({ session, key, speaker: 's' });
  const introduced: Introduced = { account, auth, session, socket: client, frames };
  const refused = await options.begin(introduced);
  if (refused) return end(client, refused);
  // Nothing that the connector answers is heard before this turn of the loop is over.
  if (client.readyState === client.OPEN) client.send(JSON.stringify(ready));
  options.open(introduced);
}

function end(client: WebSocket, why: TerminalEnd): void {
  client.close(terminalEnds[why], why);
  setTimeout(() => client.terminate(), closeLimitMs).unref();
}

function asText(data: RawData): string {
  if (!Buffer.isBuffer(data) || data.length > longestAuthLength) return '';
  return data.toString('utf8');
}
