/** The trading accounts of who is signed in, each with all that it quotes. */
import { SvelteMap } from 'svelte/reactivity';
import type { Instrument } from '#core/broker/instrument.ts';
import { ask } from '../account/ask.ts';
import { Accounts } from '../trading/accounts.svelte.ts';
import { bySymbol } from '../trading/lookups.ts';
import { dueTimes } from './due-times.ts';
import type { Broker } from './price-place.ts';

const everyMs = 30_000;
const restMs = 2_000;

export class Brokers {
  private readonly accounts = new Accounts();
  private readonly listed = new SvelteMap<string, ReadonlyMap<string, Instrument>>();
  private readonly due = dueTimes();

  readonly all: readonly Broker[] = $derived(
    this.accounts.usable.flatMap(({ accountId, name, isSimulated, health }) => {
      const instruments = this.listed.get(accountId);
      const isOnline = health !== null && health.isOnline && health.isConnected;
      return instruments?.size ? [{ accountId, name, isSimulated, isOnline, instruments }] : [];
    }),
  );
  /** Every account was asked what it quotes. */
  readonly isKnown: boolean = $derived(
    this.accounts.list !== undefined &&
      this.accounts.usable.every(
        ({ accountId, broker }) => broker === null || this.listed.has(accountId),
      ),
  );

  /** Call it while a component is set up, for who is signed in. */
  follow(): void {
    this.accounts.follow({ everyMs });
    $effect(() => {
      for (const { accountId, broker } of this.accounts.usable) {
        if (broker && !this.listed.get(accountId)?.size) void this.list(accountId);
      }
    });
  }

  private async list(accountId: string): Promise<void> {
    const nowMs = Date.now();
    if (!this.due.isDue(accountId, nowMs)) return;
    this.due.putOff(accountId, nowMs + restMs);
    const answer = await ask((server) => server.orders.instruments.query({ accountId }));
    // A new account says what it quotes a moment after it is there: it is asked again then.
    if (answer.ok) this.listed.set(accountId, bySymbol(answer.value.instruments));
  }
}
