/** How this device and the server stand to each other, in words: a few for the bar, one sentence. */
import type { SyncStatus } from '#workers/replica/api.ts';
import { countText } from '../words/numbers.ts';
import { agoText, durationText, type TimeDisplay } from '../words/times.ts';
import { say } from '../words/language.ts';

export interface SyncFacts {
  /** Null until the first word of whoever runs the synchronisation. */
  readonly status: SyncStatus | null;
  /** Changes of this device that the server does not have yet. */
  readonly waiting: number;
  /** The account is known to be signed out here. */
  readonly isSignedOut: boolean;
  /** The browser had cleared this device's data; they come back from the server. */
  readonly isRestoring: boolean;
  readonly nowMs: number;
  readonly times: TimeDisplay;
  /** As the page itself finds it; it may know sooner than whoever synchronises. */
  readonly server: 'unreachable' | 'offline' | null;
}

export interface SyncWords {
  readonly short: string;
  readonly long: string;
  readonly tone: 'ok' | 'idle' | 'warning';
}

const goesOn = say`Everything on this device goes on working.`;

export function syncWords(facts: SyncFacts): SyncWords {
  const { status, waiting } = facts;
  const changes = countText(waiting, 'change');
  const wait = waiting === 1 ? say`${changes} waits` : say`${changes} wait`;
  if (facts.isSignedOut || status?.phase === 'signed-out') {
    return {
      short: waiting > 0 ? say`Signed out · ${changes} waiting` : say`Signed out`,
      long: say`Nothing is sent until you sign in. ${waiting > 0 ? say`${wait} here.` : goesOn}`,
      tone: waiting > 0 ? 'warning' : 'idle',
    };
  }
  if (!status) return { short: say`Starting to sync`, long: goesOn, tone: 'idle' };
  switch (status.phase) {
    case 'first-sync':
      return firstSyncWords(status.ratio, facts.isRestoring);
    case 'offline':
    case 'unreachable':
      return awayWords(status.phase, facts);
    case 'waiting':
      return waitingWords(status.untilMs, facts);
    case 'locked':
      return {
        short: say`Locked`,
        long: say`Your data are encrypted. Enter your passphrase to go on syncing.`,
        tone: 'warning',
      };
    case 'device-full':
      return {
        short: say`No room on this device`,
        long: say`Nothing more can be stored here. Delete prices that you do not need.`,
        tone: 'warning',
      };
    case 'syncing':
    case 'idle':
      return facts.server ? awayWords(facts.server, facts) : settledWords(status, facts);
  }
}

function awayWords(away: 'unreachable' | 'offline', { waiting }: SyncFacts): SyncWords {
  const changes = countText(waiting, 'change');
  const wait = waiting === 1 ? say`${changes} waits` : say`${changes} wait`;
  const kept = waiting > 0 ? say`${wait} here and will be sent then.` : goesOn;
  return away === 'offline'
    ? { short: withWaiting(say`Offline`, waiting), long: say`No network. ${kept}`, tone: 'warning' }
    : {
        short: withWaiting(say`Server not reachable`, waiting),
        long: say`The server does not answer. ${kept}`,
        tone: 'warning',
      };
}

function settledWords(status: SyncStatus, { waiting, nowMs, times }: SyncFacts): SyncWords {
  const changes = countText(waiting, 'change');
  if (status.isServerFull) {
    return {
      short: withWaiting(say`No room on the server`, waiting),
      long: say`Your account has no room left there. What is new stays on this device until there is.`,
      tone: 'warning',
    };
  }
  if (status.failure !== null) {
    return {
      short: withWaiting(say`Not synced`, waiting),
      long: status.failure.startsWith('store.')
        ? say`The storage of this browser does not answer. It is tried again by itself.`
        : say`Something went wrong on the way to the server. It is tried again by itself.`,
      tone: 'warning',
    };
  }
  if (waiting > 0) {
    return {
      short: say`${changes} waiting`,
      long: say`${changes} on the way to the server.`,
      tone: 'idle',
    };
  }
  if (status.phase === 'syncing') {
    return { short: say`Syncing`, long: say`Changes of your devices are exchanged.`, tone: 'idle' };
  }
  const ago = status.syncedMs === null ? '' : `, ${agoText(status.syncedMs, nowMs, times)}`;
  return { short: say`Synced`, long: say`The server has everything${ago}.`, tone: 'ok' };
}

function firstSyncWords(ratio: number | null, isRestoring: boolean): SyncWords {
  const percent = ratio === null ? '' : ` ${Math.floor(ratio * 100)} %`;
  return isRestoring
    ? {
        short: say`Restoring${percent}`,
        long: say`This browser cleared its data. They come back from the server, the newest first.`,
        tone: 'idle',
      }
    : {
        short: say`Getting your data${percent}`,
        long: say`What your account has comes to this device, the newest first. You can work meanwhile.`,
        tone: 'idle',
      };
}

function waitingWords(untilMs: number | null, { nowMs, waiting }: SyncFacts): SyncWords {
  const leftMs = Math.max(1_000, (untilMs ?? nowMs) - nowMs);
  const left = durationText(Math.ceil(leftMs / 1_000) * 1_000);
  return {
    short: withWaiting(say`Waiting ${left}`, waiting),
    long: say`The server asks for a pause of ${left}. ${goesOn}`,
    tone: 'warning',
  };
}

function withWaiting(text: string, waiting: number): string {
  return waiting > 0 ? say`${text} · ${countText(waiting, 'change')} waiting` : text;
}
