/** Told by a room over server-sent events, where sockets do not get through. */
import { EVENTS_PATH, readRoomWords } from '#core/sync/live.ts';
import { mostSilenceMs, type Way, type WayOptions } from './way.ts';

const shortestWaitMs = 1_000;
const longestWaitMs = 30_000;
const longestLineLength = 65_536;

export function openEventWay(options: WayOptions): Way {
  let ending = new AbortController();
  let tries = 0;
  let isClosed = false;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const close = () => {
    isClosed = true;
    clearTimeout(waiting);
    ending.abort();
  };
  const hear = (text: string) => {
    const words = readRoomWords(text);
    if (!words || isClosed) return;
    if (words.kind === 'welcome') tries = 0;
    options.onWords(words);
  };
  async function connect(): Promise<void> {
    tries++;
    ending = new AbortController();
    const outcome = await listenOnce(options, ending, hear).catch(() => 'lost' as const);
    if (isClosed) return;
    if (outcome === 'ended' || tries >= options.mostTries) {
      close();
      return outcome === 'ended' ? options.onEnded() : options.onDown();
    }
    options.onLost();
    const longMs = Math.min(longestWaitMs, shortestWaitMs * 2 ** tries);
    waiting = setTimeout(() => void connect(), longMs * (0.5 + options.random() / 2));
  }
  void connect();
  return { close };
}

/** `ended` where nobody is signed in any more. */
async function listenOnce(
  { fetch, origin }: WayOptions,
  ending: AbortController,
  hear: (text: string) => void,
): Promise<'lost' | 'ended'> {
  let silence = setTimeout(() => ending.abort(), mostSilenceMs);
  const { signal } = ending;
  try {
    const headers = { accept: 'text/event-stream' };
    const response = await fetch(`${origin}${EVENTS_PATH}`, { headers, signal, cache: 'no-store' });
    if (response.status === 401) return 'ended';
    if (!response.ok || !response.body) return 'lost';
    let rest = '';
    for await (const chunk of chunksOf(response.body)) {
      clearTimeout(silence);
      silence = setTimeout(() => ending.abort(), mostSilenceMs);
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > longestLineLength) return 'lost';
      for (const line of lines) if (line.startsWith('data: ')) hear(line.slice(6));
    }
    return 'lost';
  } finally {
    clearTimeout(silence);
  }
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield decoder.decode(value, { stream: true });
  }
}
