/** A server that does what a test says, in the protocol's own words; what it hears is kept. */
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import {
  hmacHex,
  isSealed,
  messageOf,
  PROTOCOL,
  readFrame,
  writeFrame,
} from '#core/broker/frame.ts';
import { authText, readyText, sessionKey, type Auth } from '#core/broker/handshake.ts';
import type { ConnectorMessage, ServerMessage } from '#core/broker/messages.ts';
import { readMessage } from '#sync/terminals/message-shapes.ts';

type Said<T extends ConnectorMessage['t']> = Extract<ConnectorMessage, { readonly t: T }>;

export interface ScriptedSession {
  readonly auth: Auth;
  readonly heard: readonly ConnectorMessage[];
  send(message: ServerMessage): void;
  /** Text as it is, sealed or not. */
  sendRaw(text: string | Buffer): void;
  /** A frame as `send` would make it, not sent. */
  frame(message: ServerMessage): string;
  /** The next message of the type that was not handed out yet and is as wished. */
  next<T extends ConnectorMessage['t']>(
    type: T,
    isWished?: (message: Said<T>) => boolean,
  ): Promise<Said<T>>;
  close(code?: number): void;
  readonly closed: Promise<number>;
}

export interface ScriptedServer {
  readonly port: number;
  readonly accountId: string;
  readonly token: string;
  readonly code: string;
  /** The next session, after its handshake. */
  session(): Promise<ScriptedSession>;
  /** How many handshakes failed for their seal. */
  refused(): number;
  /** It does not know the token: what it says to prove it is something else. */
  isImpostor: boolean;
  close(): Promise<void>;
}

export async function scriptedServer(): Promise<ScriptedServer> {
  const accountId = randomUUID();
  const token = randomBytes(16).toString('hex');
  const sessions: ScriptedSession[] = [];
  const waiting: ((session: ScriptedSession) => void)[] = [];
  let refused = 0;
  const state = { isImpostor: false };
  const http = createServer();
  const sockets = new WebSocketServer({
    server: http,
    path: '/terminals',
    handleProtocols: (offered) => (offered.has(PROTOCOL) ? PROTOCOL : false),
  });
  sockets.on('connection', (socket) => {
    socket.on('error', () => undefined);
    void welcome(socket, token, state).then((session) => {
      if (!session) refused += 1;
      else if (waiting.length > 0) waiting.shift()?.(session);
      else sessions.push(session);
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return Object.assign(state, {
    port: (http.address() as AddressInfo).port,
    accountId,
    token,
    code: `${accountId}.${token}`,
    session: () =>
      new Promise<ScriptedSession>((resolve) => {
        const session = sessions.shift();
        if (session) resolve(session);
        else waiting.push(resolve);
      }),
    refused: () => refused,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      http.close();
      await once(http, 'close');
    },
  });
}

async function welcome(
  socket: WebSocket,
  token: string,
  { isImpostor }: { readonly isImpostor: boolean },
): Promise<ScriptedSession | null> {
  const serverNonce = randomBytes(32).toString('hex');
  const session = randomUUID();
  socket.send(JSON.stringify({ t: 'challenge', v: 1, nonce: serverNonce, session }));
  const [data] = (await once(socket, 'message')) as [Buffer];
  const auth = JSON.parse(data.toString()) as Auth;
  const said = { serverNonce, connectorNonce: auth.nonce, session };
  if (auth.mac !== hmacHex(token, authText(said, auth))) {
    socket.close(4_401);
    return null;
  }
  const made = sessionOver(socket, auth, { session, key: sessionKey(token, said) });
  socket.send(
    JSON.stringify({ t: 'ready', mac: hmacHex(isImpostor ? '' : token, readyText(said)) }),
  );
  return made;
}

function sessionOver(
  socket: WebSocket,
  auth: Auth,
  sealing: { readonly session: string; readonly key: string },
): ScriptedSession {
  const heard: ConnectorMessage[] = [];
  const left: ConnectorMessage[] = [];
  let wishes: (() => boolean)[] = [];
  let sent = 0;
  let received = 0;
  const closed = once(socket, 'close').then(([code]) => code as number);
  socket.on('message', (data) => {
    const frame = readFrame(String(data));
    if (!frame.ok) throw new Error(`no frame: ${frame.error}`);
    received += 1;
    const isGood =
      isSealed({ ...sealing, speaker: 'c' }, frame.value) && frame.value.q === received;
    if (!isGood) throw new Error('a frame that is not sealed or not in order');
    const message = readMessage(messageOf(frame.value) ?? {});
    if (!message.ok) throw new Error(`${frame.value.t} is wrong at ${message.error}`);
    heard.push(message.value);
    left.push(message.value);
    wishes = wishes.filter((isMet) => !isMet());
  });
  const frame = (message: ServerMessage) => {
    sent += 1;
    return writeFrame({ ...sealing, speaker: 's' }, { q: sent, ack: received, message });
  };
  return {
    auth,
    heard,
    frame,
    send: (message) => socket.send(frame(message)),
    sendRaw: (text) => socket.send(text),
    next: (type, isWished = () => true) =>
      new Promise((resolve) => {
        const isMet = () => {
          const at = left.findIndex((message) => message.t === type && isWished(message as never));
          if (at >= 0) resolve(left.splice(at, 1)[0] as never);
          return at >= 0;
        };
        if (!isMet()) wishes.push(isMet);
      }),
    close: (code = 1_001) => socket.close(code),
    closed,
  };
}
