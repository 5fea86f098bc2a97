/** The database that both servers share: slow at times, lost at times, never wrong. */
import type { TxChanges } from '../../sync/orders/gathered-tx.ts';
import type { OrderStore, TradingAccount } from '../../sync/orders/order-store.ts';
import type { Chance } from '../simulation/chance.ts';
import { memoryStore, type AwaitPoint, type KeptAccount } from '../orders/memory-store.ts';
import type { Faults } from './faults.ts';
import { Crash, type Process } from './process.ts';

export interface Database {
  /** As one server sees it: its transactions end with it. */
  storeOf(server: Process): OrderStore;
  kept(): KeptAccount;
}

export interface DatabaseParts {
  readonly chance: Chance;
  readonly faults: Faults;
  readonly account: TradingAccount;
  onCommit(changes: TxChanges, before: KeptAccount): void;
  /** The server dies where it is. */
  die(server: Process): void;
}

const mostSlowMs = 600;

export function openDatabase(parts: DatabaseParts): Database {
  const { chance, faults, account } = parts;
  const { accountId } = account;
  // Transactions of an account take turns in the order in which they were begun.
  const inLine: Process[] = [];
  let running: Process | null = null;
  let before: KeptAccount | null = null;

  function pass(point: AwaitPoint): Promise<void> | undefined {
    if (point === 'begin') {
      running = inLine.shift() ?? null;
      before = store.kept(accountId);
    }
    const server = running;
    if (!server) return undefined;
    if (!server.isAlive) return Promise.reject(new Crash(server.name));
    if (faults.happens('server dies in a transaction')) {
      parts.die(server);
      return Promise.reject(new Crash(server.name));
    }
    if (faults.happens('database lost')) return Promise.reject(new Error('the database is gone'));
    return faults.happens('slow database') ? server.wait(chance.below(mostSlowMs)) : undefined;
  }

  const store = memoryStore({
    atAwait: pass,
    onCommit: (_, changes) => parts.onCommit(changes, before!),
  });
  store.addAccount(account);
  return {
    storeOf: (server) => ({
      transact(id, work) {
        inLine.push(server);
        return store.transact(id, work);
      },
    }),
    kept: () => store.kept(accountId),
  };
}
