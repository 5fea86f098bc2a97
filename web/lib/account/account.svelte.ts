/**
 * Whether somebody is signed in here, and who. Nothing that works without an account waits for it.
 *
 * `no-server` means that nobody could be asked; who was known before stays known meanwhile.
 * A change in one tab is told to the others, which ask for themselves.
 */
import { call, type Account, type Me, type SignInOptions } from './api.ts';

export type AccountStatus = 'unknown' | 'signed-out' | 'signed-in' | 'no-server';

class AccountState {
  status = $state<AccountStatus>('unknown');
  me = $state.raw<Me | null>(null);
  /** What this server offers to who signs in; null until asked. */
  options = $state.raw<SignInOptions | null>(null);
  private asking: Promise<void> | undefined;
  private channel: BroadcastChannel | undefined;

  get account(): Account | null {
    return this.me?.account ?? null;
  }
  /** What the person is called where there is little room. */
  get name(): string {
    const { account } = this;
    return account ? account.displayName || (account.email.split('@')[0] ?? account.email) : '';
  }

  /** Asks the server; calls at the same time share one answer. */
  refresh(): Promise<void> {
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    return this.asking;
  }

  async loadOptions(): Promise<void> {
    if (this.options) return;
    const answer = await call((server) => server.auth.options.query());
    if (answer.ok) this.options = answer.value;
  }

  /** After this tab signed in, out, or changed the account: asks anew and tells the other tabs. */
  async changed(): Promise<void> {
    // An answer on its way may be of before the change.
    await this.asking;
    await this.refresh();
    this.channel?.postMessage('changed');
  }

  /** Follows other tabs and returns to this one until the returned function is called. */
  follow(): () => void {
    const channel = new BroadcastChannel('offing.account');
    this.channel = channel;
    const again = () => void this.refresh();
    const visible = () => {
      if (document.visibilityState === 'visible' && this.status !== 'unknown') again();
    };
    channel.addEventListener('message', again);
    document.addEventListener('visibilitychange', visible);
    return () => {
      document.removeEventListener('visibilitychange', visible);
      channel.close();
      this.channel = undefined;
    };
  }

  private async ask(): Promise<void> {
    const answer = await call((server) => server.auth.me.query());
    if (!answer.ok) {
      this.status = 'no-server';
    } else if (answer.value.account === null) {
      this.me = null;
      this.status = 'signed-out';
    } else {
      this.me = answer.value;
      this.status = 'signed-in';
    }
  }
}

export const account = new AccountState();
