/**
 * The load generator: keeps connections busy, one request at a time each, and times the answers.
 *
 * It speaks HTTP over bare sockets, since a client library takes more of the machine than the
 * server that is measured.
 */
import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { LoadPlan, LoadRequest, LoadResult } from './load.ts';

interface Answer {
  readonly status: number;
  readonly text: string;
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

/** One connection; `ask` gives the answer, or throws when the connection breaks. */
function openConnection({ hostname, port }: URL) {
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
    ask: (text: string) =>
      new Promise<Answer>((resolve, reject) => {
        settle = { resolve, reject };
        received = '';
        socket ??= open();
        socket.write(text);
      }),
    close: () => socket?.destroy(),
  };
}

async function run(plan: LoadPlan): Promise<LoadResult> {
  const url = new URL(plan.address);
  const latenciesMs: Record<string, number[]> = {};
  let answers = 0;
  let errors = 0;
  let firstError: string | null = null;
  const beginsMs = performance.now() + plan.warmUpMs;
  const endsMs = 'ms' in plan.until ? beginsMs + plan.until.ms : Infinity;
  const mostEach = 'answersEach' in plan.until ? plan.until.answersEach : Infinity;

  async function callOver(requests: readonly LoadRequest[], index: number): Promise<void> {
    await wait((plan.staggerMs ?? 0) * index);
    const connection = openConnection(url);
    for (let asked = 0; asked < mostEach && performance.now() < endsMs; asked++) {
      const { label, text, status, piece } = requests[asked % requests.length]!;
      const startedMs = performance.now();
      const answer = await connection.ask(text).catch((error: Error) => error);
      const endedMs = performance.now();
      if (endedMs < beginsMs || endedMs > endsMs) continue;
      answers++;
      (latenciesMs[label] ??= []).push(endedMs - startedMs);
      if (answer instanceof Error || answer.status !== status || !answer.text.includes(piece)) {
        errors++;
        firstError ??= answer instanceof Error ? answer.message : answer.text;
      }
    }
    connection.close();
  }

  const done = Promise.all(plan.connections.map(callOver));
  await wait(plan.warmUpMs);
  const before = process.cpuUsage();
  if (endsMs === Infinity) await done;
  else await wait(endsMs - performance.now());
  const { user, system } = process.cpuUsage(before);
  const tookMs = performance.now() - beginsMs;
  await done;
  return {
    ...{ answers, errors, firstError, latenciesMs },
    perSecond: answers / (tookMs / 1_000),
    cpuRatio: (user + system) / 1_000 / tookMs,
  };
}

process.once('message', (plan) => {
  void run(plan as LoadPlan).then((result) => process.send!(result, () => process.exit()));
});
