/**
 * Requests that were asked and not answered yet, as this device keeps them from before they are
 * sent. Each lies under a key of its own, so that tabs never overwrite one another's.
 */
import type { TradeRequest } from '#core/broker/request.ts';

/** Which procedure a request goes to. */
export type TradeCall = 'open' | 'change' | 'close';

export interface PendingRequest {
  readonly call: TradeCall;
  readonly request: TradeRequest;
  /** What it is, in a few words for the trader. */
  readonly title: string;
  /** By the clock of this device. */
  readonly keptMs: number;
}

export interface RequestShelf {
  /** False where the browser keeps nothing: then nothing may be sent. */
  keep(pending: PendingRequest): boolean;
  drop(requestId: string): void;
  /** Oldest first. */
  list(): readonly PendingRequest[];
}

export function requestShelf(storage: Storage, userId: string): RequestShelf {
  const prefix = `offing.request.${userId}.`;
  return {
    keep(pending) {
      try {
        storage.setItem(prefix + pending.request.id, JSON.stringify(pending));
        return true;
      } catch {
        // Full, or refused.
        return false;
      }
    },
    drop: (requestId) => storage.removeItem(prefix + requestId),
    list() {
      const names = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '');
      return names
        .filter((name) => name.startsWith(prefix))
        .map((name) => readPending(storage.getItem(name)))
        .filter((pending) => pending !== null)
        .sort((a, b) => a.keptMs - b.keptMs);
    },
  };
}

/** What was kept, or null where it is damaged; the server reads the request itself anew. */
function readPending(text: string | null): PendingRequest | null {
  try {
    const value = JSON.parse(text ?? '') as PendingRequest | null;
    const isWhole =
      typeof value?.keptMs === 'number' &&
      typeof value.title === 'string' &&
      /^(open|change|close)$/.test(value.call) &&
      typeof value.request?.id === 'string' &&
      typeof value.request.accountId === 'string';
    return isWhole ? value : null;
  } catch {
    return null;
  }
}
