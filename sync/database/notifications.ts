/**
 * Hears what is said in Postgres, for as long as it takes.
 *
 * One connection for all who listen: each commit that says something wakes every connection that
 * listens to anything. The driver listens again by itself where a connection ends and the next one
 * succeeds; that it still hears is seen by a notification of our own every few seconds, and where
 * that stays out all of it is made anew.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import postgres from 'postgres';
import type { Log } from '../ops/log.ts';
import { appRole } from './connection.ts';

export interface Hearing {
  /** What to do with what is said on each channel. */
  readonly channels: Readonly<Record<string, (text: string) => void>>;
  /** It listens, for the first time or again: what was said before may have been missed. */
  onListening(): void;
}

export interface Notifications {
  /** From now on, until the returned function is called. */
  hear(hearing: Hearing): () => void;
  close(): Promise<void>;
}

const beatChannel = 'offing_listening';
const beatMs = 2_000;
const mostSilenceMs = 15_000;

export function openNotifications(options: {
  readonly url: string;
  readonly log: Log;
}): Notifications {
  const ending = new AbortController();
  const { signal } = ending;
  const hearings = new Set<Hearing>();
  const warn = (error: unknown) => {
    if (!signal.aborted) options.log.warn({ err: error }, 'the database cannot be listened to');
  };
  let line = openLine(options.url, hearings);
  const running = (async () => {
    while (!signal.aborted) {
      await listenOn(line, hearings, signal).catch(warn);
      await line.client.end({ timeout: 1 });
      await pause(beatMs / 2, signal);
      if (!signal.aborted) line = openLine(options.url, hearings);
    }
  })();
  return {
    hear(hearing) {
      hearings.add(hearing);
      // Where the line is just lost, it is among those that the next one hears for.
      line.add(hearing).catch(warn);
      return () => hearings.delete(hearing);
    },
    async close() {
      ending.abort();
      await running;
    },
  };
}

interface Line {
  readonly client: postgres.Sql;
  /** Aborted once not all that is wanted can be heard on it. */
  readonly broken: AbortSignal;
  add(hearing: Hearing): Promise<void>;
}

function openLine(url: string, hearings: ReadonlySet<Hearing>): Line {
  const client = postgres(url, {
    max: 1,
    connect_timeout: 5,
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 2),
    onnotice: () => undefined,
    fetch_types: false,
    connection: { application_name: 'offing listen', role: appRole },
  });
  const added = new Set<Hearing>();
  const ending = new AbortController();
  return {
    client,
    broken: ending.signal,
    async add(hearing) {
      if (added.has(hearing)) return;
      added.add(hearing);
      const isWanted = () => hearings.has(hearing);
      try {
        for (const [channel, hear] of Object.entries(hearing.channels)) {
          await client.listen(
            channel,
            (text) => isWanted() && hear(text),
            // Again for each after a break: what was said before it was listened to is not heard.
            () => isWanted() && hearing.onListening(),
          );
        }
      } catch (error) {
        // The driver listens again to what it has, and would leave out the rest for good.
        ending.abort();
        throw error;
      }
    },
  };
}

/** Ends when nothing has been heard for too long, or when it is no longer wanted. */
async function listenOn(
  { client, broken, add }: Line,
  hearings: ReadonlySet<Hearing>,
  signal: AbortSignal,
): Promise<void> {
  const ownName = randomUUID();
  let heardMs = performance.now();
  await client.listen(beatChannel, (text) => {
    if (text === ownName) heardMs = performance.now();
  });
  for (const hearing of hearings) await add(hearing);
  const isEnding = AbortSignal.any([signal, broken]);
  while (!isEnding.aborted && performance.now() - heardMs < mostSilenceMs) {
    // What cannot be said is not heard either, which is what counts.
    await Promise.race([
      client.notify(beatChannel, ownName).catch(() => undefined),
      pause(beatMs, isEnding),
    ]);
    await pause(beatMs, isEnding);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}
