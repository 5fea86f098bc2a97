/**
 * A way to Postgres that counts what the server asks, and can spring a trap at the n-th question:
 * before Postgres hears it, or when it has answered and the server does not know yet.
 */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Trap {
  /** Counted from 1, since the trap was set. */
  readonly question: number;
  readonly when: 'before' | 'after';
  /** Nothing passes any more from here on, in either direction. */
  spring(): void;
}

export interface TrappingProxy {
  readonly url: string;
  /** Begins to count anew. */
  set(trap: Trap): void;
  /** Lets everything pass again; how much was asked since the trap was set. */
  clear(): number;
  readonly asked: number;
  close(): Promise<void>;
}

/** Pools whose work is a trader's and a terminal's; others only keep themselves busy. */
const countedPool = /application_name\0offing (app|auth)\0/;

export async function trappingProxy(databaseUrl: string): Promise<TrappingProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const counting: Counting = { trap: null, asked: 0, isSprung: false };
  const server = createServer((client) => {
    const postgres = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [client, postgres],
      [postgres, client],
    ] as const) {
      sockets.add(socket);
      socket.setNoDelay(true);
      // A side that is gone takes the other with it, as a dead process would.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    passOn(counting, client, postgres);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    set(trap) {
      Object.assign(counting, { trap, asked: 0, isSprung: false });
    },
    clear() {
      Object.assign(counting, { trap: null, isSprung: false });
      return counting.asked;
    },
    get asked() {
      return counting.asked;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Counting {
  trap: Trap | null;
  asked: number;
  isSprung: boolean;
}

function passOn(counting: Counting, client: Socket, postgres: Socket): void {
  let isCounted = false;
  let asked = 0;
  let answered = 0;
  /** Which of this connection's questions is the last that the server is not told the answer of. */
  let awaited: number | null = null;
  const spring = () => {
    counting.isSprung = true;
    counting.trap?.spring();
  };
  const ask = (message: Buffer) => {
    if (counting.isSprung) return;
    if (isQuestion(message)) {
      asked++;
      const { trap } = counting;
      if (isCounted && trap && ++counting.asked === trap.question) {
        if (trap.when === 'before') return spring();
        awaited = asked;
      }
    }
    postgres.write(message);
  };
  const answer = (message: Buffer) => {
    if (counting.isSprung) return;
    const isLast = message[0] === readyForQuery;
    if (awaited !== null && answered >= awaited) {
      if (isLast) spring();
      return;
    }
    if (isLast) answered++;
    client.write(message);
  };
  const questions = messages(ask, {
    first(message) {
      isCounted = countedPool.test(message.toString('latin1'));
      postgres.write(message);
    },
  });
  client.on('data', questions);
  postgres.on('data', messages(answer));
}

const [readyForQuery, query, sync] = ['Z', 'Q', 'S'].map((letter) => letter.charCodeAt(0));

const isQuestion = (message: Buffer): boolean => message[0] === query || message[0] === sync;

/** Cuts what arrives into messages: a letter and a length, but for the first that a client sends. */
function messages(
  take: (message: Buffer) => void,
  opening?: { first(message: Buffer): void },
): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let isOpening = opening !== undefined;
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const at = isOpening ? 0 : 1;
      if (rest.length < at + 4) return;
      const length = at + rest.readInt32BE(at);
      if (rest.length < length) return;
      const message = rest.subarray(0, length);
      rest = rest.subarray(length);
      if (isOpening) opening?.first(message);
      else take(message);
      isOpening = false;
    }
  };
}
