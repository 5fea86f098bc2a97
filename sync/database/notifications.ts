/**
 * Listens to Postgres, for as long as it takes.
 *
 * One connection of its own. The driver listens again by itself where a connection ends and the
 * next one succeeds; that it still hears is seen by a notification of our own every few seconds,
 * and where that stays out all of it is made anew.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import postgres from 'postgres';
import type { Log } from '../ops/log.ts';
import { appRole } from './connection.ts';

export interface ListenOptions {
  readonly url: string;
  /** What to do with what is said on each channel. */
  readonly channels: Readonly<Record<string, (text: string) => void>>;
  /** It listens, for the first time or again: what was said before may have been missed. */
  onListening(): void;
  readonly log: Log;
}

export interface Listening {
  close(): Promise<void>;
}

const beatChannel = 'offing_listening';
const beatMs = 2_000;
const mostSilenceMs = 15_000;

export function listenToDatabase(options: ListenOptions): Listening {
  const ending = new AbortController();
  const { signal } = ending;
  const running = (async () => {
    while (!signal.aborted) {
      await listenOnce(options, signal).catch((error: unknown) => {
        if (!signal.aborted) options.log.warn({ err: error }, 'the database cannot be listened to');
      });
      await pause(beatMs / 2, signal);
    }
  })();
  return {
    async close() {
      ending.abort();
      await running;
    },
  };
}

/** Ends when nothing has been heard for too long, or when it is no longer wanted. */
async function listenOnce(options: ListenOptions, signal: AbortSignal): Promise<void> {
  const { url, channels, onListening } = options;
  const ownName = randomUUID();
  let heardMs = performance.now();
  const client = postgres(url, {
    max: 1,
    connect_timeout: 5,
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 2),
    onnotice: () => undefined,
    fetch_types: false,
    connection: { application_name: 'offing listen', role: appRole },
  });
  try {
    for (const [channel, hear] of Object.entries(channels)) await client.listen(channel, hear);
    await client.listen(
      beatChannel,
      (text) => {
        if (text === ownName) heardMs = performance.now();
      },
      onListening,
    );
    while (!signal.aborted && performance.now() - heardMs < mostSilenceMs) {
      // What cannot be said is not heard either, which is what counts.
      await Promise.race([
        client.notify(beatChannel, ownName).catch(() => undefined),
        pause(beatMs, signal),
      ]);
      await pause(beatMs, signal);
    }
  } finally {
    await client.end({ timeout: 1 });
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}
