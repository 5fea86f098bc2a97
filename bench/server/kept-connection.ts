/** A connection that is kept alive, over a bare socket; one request at a time. */
import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export interface KeptConnection {
  /** The answer; throws where the connection breaks. */
  ask(text: string): Promise<Answer>;
  close(): void;
}

/** The answer when it is whole, else null. */
function readAnswer(received: string): Answer | null {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const head = received.slice(0, headEnd);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  const isWhole =
    length === undefined
      ? received.endsWith('0\r\n\r\n')
      : received.length >= headEnd + 4 + Number(length);
  return isWhole ? { status: Number(received.slice(9, 12)), text: received } : null;
}

export function openConnection({ hostname, port }: URL): KeptConnection {
  let socket: Socket | null = null;
  let received = '';
  let settle: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | null = null;

  function open(): Socket {
    const opened = connect({ host: hostname, port: Number(port), noDelay: true });
    // Byte by byte, so that lengths count bytes.
    opened.setEncoding('latin1');
    opened.on('data', (chunk: Buffer | string) => {
      received += String(chunk);
      const answer = readAnswer(received);
      if (!answer) return;
      received = '';
      settle?.resolve(answer);
    });
    opened.on('error', () => undefined);
    opened.on('close', () => {
      socket = null;
      settle?.reject(new Error('the connection was closed'));
    });
    return opened;
  }

  return {
    ask: (text) =>
      new Promise<Answer>((resolve, reject) => {
        settle = { resolve, reject };
        received = '';
        socket ??= open();
        socket.write(text);
      }),
    close: () => socket?.destroy(),
  };
}
