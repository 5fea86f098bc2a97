/**
 * Hears that something changed on a trading account, and its prices, from whichever tab holds the
 * line to the server. Where there is no such line, or it says nothing, one must ask by the clock.
 */
import type { BookChange } from '#core/broker/book-change.ts';
import type { Quote } from '#core/broker/instrument.ts';
import type { ReplicaMessage } from '#workers/replica/api.ts';
import { channelOf } from '#workers/store/replica-names.ts';

export interface NewsOptions {
  /** Of the database whose account it is. */
  readonly database: string;
  /** Null: of all accounts. */
  readonly accountId: string | null;
  /** Something changed, or may have: ask, where it is not said what. */
  onChange(accountId: string, change: BookChange | null): void;
  onQuotes(quotes: readonly Quote[], accountId: string): void;
  /** Whether changes are told, or must be asked for. */
  onLine(isTold: boolean): void;
}

/** How often the leader is asked whether it is still told. */
const askEveryMs = 10_000;
const patienceMs = 2_000;

/** Listens until the returned function is called. */
export function followTrading(options: NewsOptions): () => void {
  const channel = new BroadcastChannel(channelOf(options.database));
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const ask = () => {
    channel.postMessage({ kind: 'line?' } satisfies ReplicaMessage);
    waiting ??= setTimeout(() => {
      waiting = undefined;
      options.onLine(false);
    }, patienceMs);
  };
  const isOurs = (accountId: string) =>
    options.accountId === null || options.accountId === accountId;
  const heard = ({ data }: MessageEvent<ReplicaMessage>) => {
    switch (data.kind) {
      case 'line':
        clearTimeout(waiting);
        waiting = undefined;
        return options.onLine(data.isTold);
      case 'trading':
        return isOurs(data.accountId)
          ? options.onChange(data.accountId, data.change ?? null)
          : undefined;
      case 'quotes':
        return isOurs(data.accountId) ? options.onQuotes(data.quotes, data.accountId) : undefined;
      default:
    }
  };
  channel.addEventListener('message', heard);
  const timer = setInterval(ask, askEveryMs);
  ask();
  return () => {
    clearInterval(timer);
    clearTimeout(waiting);
    channel.close();
  };
}
