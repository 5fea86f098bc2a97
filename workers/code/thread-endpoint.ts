/** Either end of a thread of Node as Comlink speaks to it. */
import type { Endpoint } from 'comlink';

/** A worker, or the port of one to its parent, as Node has them. */
export interface Thread {
  postMessage(message: unknown, transfer: never): void;
  on(type: 'message', listener: (data: unknown) => void): unknown;
  off(type: 'message', listener: (data: unknown) => void): unknown;
}

export function threadEndpoint(thread: Thread): Endpoint {
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
