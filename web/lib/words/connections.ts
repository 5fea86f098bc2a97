/** What trading accounts, their health and their log are called. */
import type { PaperFault } from '#core/broker/paper-settings.ts';
import type { AccountHealth, AccountView, LogEntryView } from '#core/broker/views.ts';
import { numberText } from './numbers.ts';
import { durationText } from './times.ts';

export const accountKinds: Readonly<Record<AccountView['kind'], string>> = {
  mt5: 'MetaTrader 5',
  paper: 'Paper',
  exchange: 'Exchange',
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
    return { short: 'Removed', long: 'Nothing is traded on it any more.', tone: 'quiet' };
  }
  if (state === 'pairing') {
    return {
      short: 'Waiting for the terminal',
      long: 'It has not called yet with the code it was given.',
      tone: 'quiet',
    };
  }
  if (state === 'halted') {
    return {
      short: 'Halted',
      long: 'Nothing is opened until you have looked. Closing goes on.',
      tone: 'danger',
    };
  }
  if (!health?.isOnline) {
    return {
      short: 'Not connected',
      long:
        account.kind === 'paper'
          ? 'The paper broker is being started. Orders cannot be sent yet.'
          : 'The terminal is not heard. Orders cannot be sent now.',
      tone: 'warning',
    };
  }
  if (!health.isConnected) {
    return {
      short: 'No broker',
      long: 'The terminal is here, but has no connection to its broker.',
      tone: 'warning',
    };
  }
  if (!health.isTradeAllowed) {
    return {
      short: 'Reading only',
      long: 'The terminal lets no program trade: switch on “Algo Trading” there.',
      tone: 'warning',
    };
  }
  return { short: 'Connected', long: 'Orders can be sent.', tone: 'ok' };
}

const halts: Readonly<Record<HaltReason, string>> = {
  'other-account': 'The terminal has signed in to another account than before.',
  'other-device': 'Another device has called with this account’s code.',
  'position-lost': 'A position is gone, and no deal tells why.',
};
export const haltText = (reason: string | null): string =>
  reason === null ? 'Something does not fit.' : (halts[reason as HaltReason] ?? reason);

/** Latency by what it means for trading. */
export function latencyText(latencyMs: number | null): string {
  if (latencyMs === null) return 'not measured yet';
  const grade = latencyMs < 100 ? 'good' : latencyMs < 500 ? 'fair' : 'slow';
  return `${numberText(latencyMs)} ms, ${grade}`;
}

/** `2 h ahead of UTC`. */
export function offsetText(offsetMs: number | null): string {
  if (offsetMs === null) return 'not known yet';
  // Measured over a line that takes a moment, of clocks that are set by the minute.
  const minutesMs = Math.round(Math.abs(offsetMs) / 60_000) * 60_000;
  if (minutesMs === 0) return 'the same as UTC';
  return `${durationText(minutesMs)} ${offsetMs > 0 ? 'ahead of' : 'behind'} UTC`;
}

export function queueText({ queue, dropped }: Pick<AccountHealth, 'queue' | 'dropped'>): string {
  const waiting = queue === 0 ? 'nothing waits' : `${numberText(queue)} waiting`;
  return dropped === 0 ? waiting : `${waiting}, ${numberText(dropped)} price updates left out`;
}

export const faultWords: Readonly<
  Record<PaperFault, { readonly label: string; readonly hint: string }>
> = {
  'lost-reply': {
    label: 'Lost answers',
    hint: 'The order is executed, and the answer never arrives.',
  },
  'executed-timeout': {
    label: 'Time-outs that did execute',
    hint: 'The broker says it took too long, yet has executed the order.',
  },
  'timeout-lost': {
    label: 'Time-outs that did not',
    hint: 'The broker says it took too long, and has done nothing.',
  },
  'duplicate-event': {
    label: 'Events told twice',
    hint: 'Fills are reported again, and in the wrong order.',
  },
  freeze: { label: 'Frozen terminal', hint: 'Nothing is heard of the terminal for a while.' },
  requote: { label: 'Requotes', hint: 'The price has moved when the order arrives.' },
  disconnect: { label: 'Cut connections', hint: 'The line breaks in the middle of an order.' },
};

const logWords: Readonly<Record<string, string>> = {
  connected: 'The terminal connected',
  disconnected: 'The terminal left',
  refused: 'A terminal called that could not prove it is yours',
  reconciled: 'Compared with the terminal',
  'fingerprint-differs': 'The terminal shows something else than is known here; compared anew',
  failed: 'The server failed at this account; it began anew',
  'halted.other-account': halts['other-account'],
  'halted.other-device': halts['other-device'],
  'halted.position-lost': halts['position-lost'],
  'position-lost': 'A position is gone, and no deal tells why',
  'oco-both-filled': 'Both orders of an either-or pair were filled',
  'order.late-evidence': 'Something came of an order that was thought to be over',
  'order.overfilled': 'The broker filled more than was asked',
  'order.second-order': 'A second order at the broker filled the same request',
  'order.contradiction': 'An answer cannot be true beside what is known, and was not believed',
  'order.journal-lost': 'The terminal has forgotten what it had written down: you decide',
};

/** An entry of the account's log; one newer than this version is shown by its own name. */
export function logText({ name }: Pick<LogEntryView, 'name'>): string {
  return logWords[name] ?? name.replaceAll(/[-.]/g, ' ');
}

export function logDetail({ detail }: Pick<LogEntryView, 'detail'>): string {
  return Object.entries(detail)
    .filter(([name]) => !/id$/i.test(name))
    .map(([name, value]) => `${name.replaceAll(/[A-Z]/g, ' $&').toLowerCase()} ${value}`)
    .join(' · ');
}

/** Exchanges that the server has a connector for, by the name it knows them by. */
export const exchanges: readonly { readonly value: string; readonly label: string }[] = [
  { value: 'bybit', label: 'Bybit (USDT perpetuals)' },
];
