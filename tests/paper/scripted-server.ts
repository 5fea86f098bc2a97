/** A server of a test as far as a paper account sees one: proves itself, hears all, says what it is told. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ConnectorMessage, ServerMessage } from '#core/broker/messages.ts';
import { openFrames } from '../../sync/terminals/frames.ts';
import { challenge, prove, readAuth } from '../../sync/terminals/introduction.ts';

export interface ScriptedServer {
  readonly address: string;
  readonly heard: ConnectorMessage[];
  /** Sockets that are open and proved. */
  readonly sessions: Set<WebSocket>;
  /** Called with each message as it is heard. */
  onHear: (message: ConnectorMessage) => void;
  say(message: ServerMessage): void;
  cut(code: number): void;
  close(): Promise<void>;
}

export async function scriptedServer(token: string, accountId: string): Promise<ScriptedServer> {
  const wss = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(wss, 'listening');
  const { port } = wss.address() as AddressInfo;
  let write: (message: ServerMessage) => void = () => undefined;
  const server: ScriptedServer = {
    address: `ws://127.0.0.1:${port}/terminals`,
    heard: [],
    sessions: new Set(),
    onHear: () => undefined,
    say: (message) => write(message),
    cut: (code) => server.sessions.forEach((socket) => socket.close(code)),
    async close() {
      for (const socket of wss.clients) socket.terminate();
      wss.close();
      await once(wss, 'close');
    },
  };
  wss.on('connection', (socket) => {
    const asked = challenge();
    let frames: ReturnType<typeof openFrames> | null = null;
    socket.on('close', () => server.sessions.delete(socket));
    socket.on('message', (data) => {
      const text = (data as Buffer).toString('utf8');
      if (!frames) {
        const auth = readAuth(text)!;
        // A host runs every account that has something open, those of other tests too.
        if (auth.accountId !== accountId) return socket.close(4_401);
        const paired = { userId: '', accountId, pairUntilMs: null, token } as const;
        const proved = prove(auth, asked, { ...paired, kind: 'paper', state: 'paired' }, 0);
        if (!proved.ok) return socket.close(4_401);
        const opened = openFrames({ session: asked.session, key: proved.value.key, speaker: 's' });
        frames = opened;
        server.sessions.add(socket);
        write = (message) => socket.send(opened.write(message));
        return socket.send(JSON.stringify(proved.value.ready));
      }
      const read = frames.read(text);
      if (!read.ok) throw new Error(read.error);
      const message = read.value as unknown as ConnectorMessage;
      server.heard.push(message);
      server.onHear(message);
    });
    socket.send(JSON.stringify(asked));
  });
  return server;
}
