/** Either end of a thread of Node as Comlink speaks to it. */
import type { Endpoint } from 'comlink';
import type { MessagePort, Worker } from 'node:worker_threads';

export function threadEndpoint(thread: MessagePort | Worker): Endpoint {
  const heard = new Map<unknown, (data: unknown) => void>();
  return {
    postMessage: (message, transfer) => thread.postMessage(message, transfer as never),
    addEventListener(_type, listener) {
      const hear = (data: unknown) => {
        const event = { data } as MessageEvent;
        if ('handleEvent' in listener) listener.handleEvent(event);
        else listener(event);
      };
      heard.set(listener, hear);
      thread.on('message', hear);
    },
    removeEventListener(_type, listener) {
      const hear = heard.get(listener);
      if (hear) thread.off('message', hear);
      heard.delete(listener);
    },
  };
}
