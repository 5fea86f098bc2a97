/** A terminal at the other end of the socket that does only what a test has it do, right or wrong. */
import { createHmac, randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import {
  authText,
  readyText,
  sessionKey,
  type Challenge,
  type Introduction,
} from '../../core/broker/handshake.ts';
import type { BrokerAccount } from '../../core/broker/book.ts';
import type { ConnectorMessage, ServerMessage } from '../../core/broker/messages.ts';
import { openFrames, type Frames } from '../../sync/terminals/frames.ts';
import { until } from '../server-process.ts';

export interface Script {
  /** `http://localhost:5170`. */
  readonly address: string;
  readonly accountId: string;
  readonly token: string;
  readonly device?: string;
  readonly login?: string;
  readonly server?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly protocol?: string | null;
  /** Changes what it says of itself, after the proof was made. */
  readonly forge?: (auth: Record<string, unknown>) => unknown;
}

export interface ScriptedTerminal {
  readonly session: string;
  /** What the server said, in order. */
  readonly heard: readonly ServerMessage[];
  say(message: ConnectorMessage): void;
  /** The text of the next frame, which is not sent. */
  frame(message: { readonly t: string }): string;
  send(text: string): void;
  /** Sends a beat, as often as it takes to live. */
  beat(): void;
  readonly ended: Promise<{ readonly code: number; readonly reason: string }>;
  /** Stops taking in what is sent to it. */
  pause(): void;
  close(): Promise<void>;
}

export class Refused extends Error {
  readonly code: number;
  constructor(code: number, reason: string) {
    super(`The server said ${code} ${reason}.`);
    this.code = code;
  }
}

export async function openTerminal(script: Script): Promise<ScriptedTerminal> {
  const {
    address,
    accountId,
    token,
    device = 'box',
    login = '1001',
    server = 'Broker-Demo',
  } = script;
  const socket = new WebSocket(
    `${address.replace(/^http/, 'ws')}/terminals`,
    script.protocol === null ? [] : [script.protocol ?? 'offing.v1'],
    { headers: { ...script.headers } },
  );
  const ended = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  socket.on('error', () => undefined);
  socket.once('unexpected-response', (_, response) => {
    socket.emit('close', response.statusCode ?? 0, Buffer.from('handshake'));
  });
  const refused = ended.then(({ code, reason }) => {
    throw new Refused(code, reason);
  });
  refused.catch(() => undefined);
  const texts: string[] = [];
  const heard: ServerMessage[] = [];
  let frames: Frames | null = null;
  socket.on('message', (data) => {
    const text = String(data);
    if (!frames) return void texts.push(text);
    const read = frames.read(text);
    if (!read.ok) throw new Error(`The server broke its own protocol: ${read.error}.`);
    heard.push(read.value as unknown as ServerMessage);
  });
  const next = async () => {
    await Promise.race([until(async () => texts.length > 0), refused]);
    return JSON.parse(texts.shift()!) as unknown;
  };
  const asked = (await next()) as Challenge;
  const said: Introduction = {
    serverNonce: asked.nonce,
    connectorNonce: randomBytes(32).toString('hex'),
    session: asked.session,
  };
  const mac = createHmac('sha256', token)
    .update(authText(said, { device, login, server }))
    .digest('hex');
  const auth = { t: 'auth', v: 1, accountId, nonce: said.connectorNonce, device, login, server };
  const whole = { ...auth, build: 'scripted 1', mac };
  // Frames may follow in the same packet.
  frames = null;
  const ready = next();
  const key = sessionKey(token, said);
  socket.once('message', () => {
    frames = openFrames({ session: asked.session, key, speaker: 'c' });
  });
  socket.send(JSON.stringify(script.forge ? script.forge(whole) : whole));
  const answer = (await ready) as { mac: string };
  if (answer.mac !== createHmac('sha256', token).update(readyText(said)).digest('hex')) {
    throw new Error('The server could not prove that it knows the token.');
  }
  const frame = (message: { readonly t: string }) => frames!.write(message);
  return {
    session: asked.session,
    heard,
    frame,
    send: (text) => socket.send(text),
    say: (message) => socket.send(frame(message)),
    beat: () => socket.send(frame(beat())),
    ended,
    pause: () => socket.pause(),
    async close() {
      socket.terminate();
      await ended;
    },
  };
}

export function beat(): ConnectorMessage {
  return {
    t: 'beat',
    monotonicMs: Math.round(performance.now()),
    serverMs: Date.now() + 7_200_000,
    pingUs: 12_000,
    isConnected: true,
    isTradeAllowed: true,
    queue: 0,
    dropped: 0,
  };
}

export const account: BrokerAccount = {
  login: '1001',
  brokerServer: 'Broker-Demo',
  currency: 'USD',
  leverage: 100,
  mode: 'hedging',
  isDemo: true,
  isTradeAllowed: true,
  balance: 10_000,
  equity: 10_000,
  margin: 0,
  freeMargin: 10_000,
};
