/**
 * The connector's end of the socket: proves who it is, sees that the server proves itself, and
 * then passes sealed frames. Connectors that run inside the server come in this way, as all do.
 */
import { randomBytes } from 'node:crypto';
import WebSocket from 'ws';
import { PROTOCOL, hmacHex, isSameSeal } from '#core/broker/frame.ts';
import { authText, readyText, sessionKey, type Introduction } from '#core/broker/handshake.ts';
import type { ConnectorCap, ConnectorMessage, ServerMessage } from '#core/broker/messages.ts';
import { openFrames, type Frames } from '../frames.ts';

export interface LoopbackOptions {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly accountId: string;
  readonly token: string;
  readonly device: string;
  readonly login: string;
  readonly brokerServer: string;
  /** What the connector can do beyond what each has to. */
  readonly caps?: readonly ConnectorCap[];
  /** The session is open: what it says from now on goes out. */
  onReady(): void;
  onMessage(message: ServerMessage): void;
  /** Once; with the code that the socket was closed with. */
  onClosed(code: number): void;
}

export interface Loopback {
  send(message: ConnectorMessage): void;
  close(): void;
}

const handshakeMs = 10_000;
/** Broken frames, or a server that could not prove itself. */
const brokenCode = 4_400;

export function openLoopback(options: LoopbackOptions): Loopback {
  const { address, headers } = options;
  const socket = new WebSocket(address, [PROTOCOL], {
    headers,
    handshakeTimeout: handshakeMs,
    maxPayload: 1_048_576,
    // The certificate is the server's own, by whatever name it is served; frames are sealed.
    rejectUnauthorized: false,
  });
  let frames: Frames | null = null;
  let introduction: Introduction | null = null;
  const hear = (text: string) => {
    if (frames) {
      const read = frames.read(text);
      // Its seal says that it is our own server's word.
      if (read.ok) return options.onMessage(read.value as unknown as ServerMessage);
    } else if (!introduction) {
      introduction = introduce(socket, options, text);
      if (introduction) return;
    } else if (isReady(options.token, introduction, text)) {
      const key = sessionKey(options.token, introduction);
      frames = openFrames({ session: introduction.session, key, speaker: 'c' });
      return options.onReady();
    }
    socket.close(brokenCode);
  };
  socket.on('message', (data) => hear(textOf(data)));
  // What went wrong is said by the closing that follows.
  socket.on('error', () => undefined);
  socket.on('close', (code) => options.onClosed(code));
  return {
    send(message) {
      if (frames && socket.readyState === WebSocket.OPEN) socket.send(frames.write(message));
    },
    close: () => socket.close(1_000),
  };
}

function textOf(data: WebSocket.RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function introduce(
  socket: WebSocket,
  { accountId, token, device, login, brokerServer: server, caps = [] }: LoopbackOptions,
  text: string,
): Introduction | null {
  const { t, v, nonce, session } = parsed(text);
  if (t !== 'challenge' || v !== 1 || typeof nonce !== 'string' || typeof session !== 'string') {
    return null;
  }
  const connectorNonce = randomBytes(32).toString('hex');
  const introduction = { serverNonce: nonce, connectorNonce, session };
  const mac = hmacHex(token, authText(introduction, { device, login, server }));
  const who = { accountId, nonce: connectorNonce, device, login, server, build: 'inside', caps };
  socket.send(JSON.stringify({ t: 'auth', v: 1, ...who, mac }));
  return introduction;
}

function isReady(token: string, introduction: Introduction, text: string): boolean {
  const { t, mac } = parsed(text);
  const expected = hmacHex(token, readyText(introduction));
  return t === 'ready' && typeof mac === 'string' && isSameSeal(mac, expected);
}
