/** A sandbox in a thread of Node, for the command line, the server and tests. */
import { Worker } from 'node:worker_threads';
import type { GuardPorts } from './guard.ts';
import { threadEndpoint } from './thread-endpoint.ts';

/** Megabytes of V8's own heap; the machine's memory has its own maximum. */
const HEAP_MEGABYTES = 1024;

export const threadGuard: GuardPorts = {
  openSandbox() {
    const thread = new Worker(new URL('./code-thread.node.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
    });
    return {
      endpoint: threadEndpoint(thread),
      onDeath: (listener) => {
        thread.once('error', (error: Error) => listener(error.message));
      },
      terminate: () => void thread.terminate(),
    };
  },
  every(ms, action) {
    const timer = setInterval(action, ms);
    return () => clearInterval(timer);
  },
};
