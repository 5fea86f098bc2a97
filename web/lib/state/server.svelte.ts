/**
 * Whether a server stands behind this page. Nothing waits for the answer. It is asked now and then,
 * and at once where something else did not hear from it.
 *
 * `local` means that no server was ever found here (a static host); `unreachable` that there
 * is one, but it does not answer now; `offline` that the device itself has no network.
 */
import { say } from '../words/language.ts';

export type ServerStatus = 'unknown' | 'reachable' | 'unreachable' | 'offline' | 'local';

const seenKey = 'offing.server-seen';
const shortestMs = 5_000;
const longestMs = 60_000;
/** While it answers; a page that nobody looks at asks less often. */
const seenEveryMs = 10_000;
const hiddenEveryMs = 60_000;
const patienceMs = 6_000;
/** Doubts come in bursts: a line breaks, and whoever waited for an answer says so too. */
const doubtRestMs = 1_500;

class Server {
  status = $state<ServerStatus>('unknown');
  checking = $state(false);
  lastSeenMs = $state<number | null>(null);
  private waitMs = shortestMs;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private checkedMs = -Infinity;

  /** Probes now and then again, less and less often, until the returned function is called. */
  follow(): () => void {
    const again = () => void this.check();
    const visible = () => {
      if (document.visibilityState === 'visible') again();
    };
    addEventListener('online', again);
    addEventListener('offline', again);
    document.addEventListener('visibilitychange', visible);
    again();
    return () => {
      clearTimeout(this.timer);
      removeEventListener('online', again);
      removeEventListener('offline', again);
      document.removeEventListener('visibilitychange', visible);
    };
  }

  /** Something did not hear from it, or the line to it broke. */
  doubt(): void {
    if (this.status === 'local' || Date.now() - this.checkedMs < doubtRestMs) return;
    void this.check();
  }
  /** Something heard from it. */
  heard(): void {
    if (this.status === 'unreachable' || this.status === 'offline') this.doubt();
  }

  async check(): Promise<void> {
    if (this.checking) return;
    this.checking = true;
    clearTimeout(this.timer);
    this.status = await this.probe();
    this.checking = false;
    this.checkedMs = Date.now();
    if (this.status === 'reachable') {
      this.lastSeenMs = Date.now();
      this.waitMs = document.visibilityState === 'visible' ? seenEveryMs : hiddenEveryMs;
    } else {
      this.waitMs = Math.min(longestMs, Math.max(shortestMs, this.waitMs * 1.5));
    }
    // A static host will not grow a server: ask once a visit.
    if (this.status !== 'local' && this.status !== 'offline') {
      this.timer = setTimeout(() => void this.check(), this.waitMs);
    }
  }

  private async probe(): Promise<ServerStatus> {
    if (!navigator.onLine) return 'offline';
    try {
      const response = await fetch('/healthz', {
        headers: { accept: 'application/json' },
        cache: 'no-store',
        signal: AbortSignal.timeout(patienceMs),
      });
      const json = response.headers.get('content-type')?.includes('json') ?? false;
      if (json) localStorage.setItem(seenKey, 'yes');
      if (json) return response.ok ? 'reachable' : 'unreachable';
      return this.seen() && response.status >= 500 ? 'unreachable' : 'local';
    } catch {
      // No answer at all: the network or the server is away.
      return this.seen() ? 'unreachable' : 'local';
    }
  }
  private seen(): boolean {
    try {
      return localStorage.getItem(seenKey) === 'yes';
    } catch {
      return false;
    }
  }
}

export const server = new Server();

/** The status in words: a few for the status bar, a sentence for its tooltip. */
export const serverWords: Readonly<
  Record<ServerStatus, { readonly short: string; readonly long: string }>
> = {
  unknown: { short: say`Looking for the server`, long: say`Everything works meanwhile.` },
  reachable: {
    short: say`Server reachable`,
    long: say`The server answers. Without an account your data stay on this device.`,
  },
  unreachable: {
    short: say`Server not reachable`,
    long: say`The server does not answer. Everything on this device goes on working.`,
  },
  offline: {
    short: say`Offline`,
    long: say`No network. Everything on this device goes on working.`,
  },
  local: {
    short: say`Local only`,
    long: say`No server behind this page. Everything is kept and computed on this device.`,
  },
};
