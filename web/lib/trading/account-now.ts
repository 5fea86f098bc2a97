/** How an account stands as far as this device can know it now. */
import type { AccountView } from '#core/broker/views.ts';
import type { ServerStatus } from '#lib/state/server.svelte.ts';
import { accountState, type AccountState } from '#lib/words/connections.ts';
import { say } from '../words/language.ts';

/** Without the server nobody here knows whether it is connected: it is not said to be. */
export function accountNow(account: AccountView, status: ServerStatus): AccountState {
  const known = accountState(account);
  if (status !== 'unreachable' && status !== 'offline') return known;
  if (known.tone !== 'ok') return known;
  return {
    short: status === 'offline' ? say`Offline` : say`Server not reachable`,
    long: say`This was last told: ${known.short.toLowerCase()}. Whether it still is cannot be known now.`,
    tone: 'warning',
  };
}
