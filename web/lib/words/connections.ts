/** What trading accounts, their health and their log are called. */
import type { PaperFault } from '#core/broker/paper-settings.ts';
import type { AccountHealth, AccountView } from '#core/broker/views.ts';
import { numberText } from './numbers.ts';
import { durationText } from './times.ts';
import { say } from './language.ts';

export const accountKinds: Readonly<Record<AccountView['kind'], string>> = {
  mt5: say`MetaTrader 5`,
  paper: say`Paper`,
  exchange: say`Exchange`,
};

type HaltReason = 'other-account' | 'other-device' | 'position-lost';

export interface AccountState {
  readonly short: string;
  readonly long: string;
  readonly tone: 'ok' | 'warning' | 'danger' | 'quiet';
}

/** How an account stands, the worst first. */
export function accountState(account: AccountView): AccountState {
  const { state, health } = account;
  if (state === 'revoked') {
    return { short: say`Removed`, long: say`Nothing is traded on it any more.`, tone: 'quiet' };
  }
  if (state === 'pairing') {
    return {
      short: say`Waiting for the terminal`,
      long: say`It has not called yet with the code it was given.`,
      tone: 'quiet',
    };
  }
  if (state === 'halted') {
    return {
      short: say`Halted`,
      long: say`Nothing is opened until you have looked. Closing goes on.`,
      tone: 'danger',
    };
  }
  if (!health?.isOnline) {
    // One with something open never sleeps.
    return account.kind === 'paper'
      ? {
          short: say`Asleep`,
          long: say`The paper broker starts when its account is looked at. Orders cannot be sent yet.`,
          tone: 'quiet',
        }
      : {
          short: say`Not connected`,
          long: say`The terminal is not heard. Orders cannot be sent now.`,
          tone: 'warning',
        };
  }
  if (!health.isConnected) {
    return {
      short: say`No broker`,
      long: say`The terminal is here, but has no connection to its broker.`,
      tone: 'warning',
    };
  }
  if (!health.isTradeAllowed) {
    return {
      short: say`Reading only`,
      long: say`The terminal lets no program trade: switch on “Algo Trading” there.`,
      tone: 'warning',
    };
  }
  return { short: say`Connected`, long: say`Orders can be sent.`, tone: 'ok' };
}

const halts: Readonly<Record<HaltReason, string>> = {
  'other-account': say`The terminal has signed in to another account than before.`,
  'other-device': say`Another device has called with this account’s code.`,
  'position-lost': say`A position is gone, and no deal tells why.`,
};
export const haltText = (reason: string | null): string =>
  reason === null ? say`Something does not fit.` : (halts[reason as HaltReason] ?? reason);

/** Latency by what it means for trading. */
export function latencyText(latencyMs: number | null): string {
  if (latencyMs === null) return say`not measured yet`;
  const ms = numberText(latencyMs);
  if (latencyMs < 100) return say`${ms} ms, good`;
  return latencyMs < 500 ? say`${ms} ms, fair` : say`${ms} ms, slow`;
}

/** `2 h ahead of UTC`. */
export function offsetText(offsetMs: number | null): string {
  if (offsetMs === null) return say`not known yet`;
  // Measured over a line that takes a moment, of clocks that are set by the minute.
  const minutesMs = Math.round(Math.abs(offsetMs) / 60_000) * 60_000;
  if (minutesMs === 0) return say`the same as UTC`;
  return `${durationText(minutesMs)} ${offsetMs > 0 ? say`ahead of` : say`behind`} UTC`;
}

export function queueText({ queue, dropped }: Pick<AccountHealth, 'queue' | 'dropped'>): string {
  const waiting = queue === 0 ? say`nothing waits` : say`${numberText(queue)} waiting`;
  return dropped === 0 ? waiting : say`${waiting}, ${numberText(dropped)} price updates left out`;
}

export const faultWords: Readonly<
  Record<PaperFault, { readonly label: string; readonly hint: string }>
> = {
  'lost-reply': {
    label: say`Lost answers`,
    hint: say`The order is executed, and the answer never arrives.`,
  },
  'executed-timeout': {
    label: say`Time-outs that did execute`,
    hint: say`The broker says it took too long, yet has executed the order.`,
  },
  'timeout-lost': {
    label: say`Time-outs that did not`,
    hint: say`The broker says it took too long, and has done nothing.`,
  },
  'duplicate-event': {
    label: say`Events told twice`,
    hint: say`Fills are reported again, and in the wrong order.`,
  },
  freeze: { label: say`Frozen terminal`, hint: say`Nothing is heard of the terminal for a while.` },
  requote: { label: say`Requotes`, hint: say`The price has moved when the order arrives.` },
  disconnect: {
    label: say`Cut connections`,
    hint: say`The line breaks in the middle of an order.`,
  },
};

/** Exchanges that the server has a connector for, by the name it knows them by. */
export const exchanges: readonly { readonly value: string; readonly label: string }[] = [
  { value: 'bybit', label: say`Bybit (USDT perpetuals)` },
];
