/** A thread of Node that works for bots in code. */
import { Worker } from 'node:worker_threads';
import type { Sandbox } from '#workers/code/guard.ts';
import { threadEndpoint } from '#workers/code/thread-endpoint.ts';

/** Megabytes of V8's own heap; a machine's memory has its own maximum. */
const heapMegabytes = 512;

/** As it is written, or beside what it is bundled into: see `bundle-server.ts`. */
const written = '../../workers/code/bot-thread.node.ts';
const entry = import.meta.url.endsWith('.ts') ? written : './bot-thread.mjs';

export function openBotThread(): Sandbox {
  const thread = new Worker(new URL(entry, import.meta.url), {
    // Nothing of what the server knows by its environment.
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
  });
  thread.unref();
  return {
    endpoint: threadEndpoint(thread),
    onDeath: (listener) => {
      thread.once('error', (error: Error) => listener(error.message));
    },
    terminate: () => void thread.terminate(),
  };
}
