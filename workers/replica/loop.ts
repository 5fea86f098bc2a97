/**
 * When a replica talks to its server: at once after a write or a poke, now and then without a
 * reason, and after a failure later and later, unless something says that it may work again.
 */
import type { Failure } from '#core/errors.ts';
import { backoffMs, IMPATIENT_MS } from './backoff.ts';
import type { SyncPhase, SyncStatus } from './api.ts';

/** What a round came to; `stopped` where it was told to end. */
export type RoundEnd =
  | { readonly kind: 'settled' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'locked' }
  | { readonly kind: 'stopped' };

export interface RoundOptions {
  /** Also asks for what others wrote. */
  readonly pull: boolean;
  /** Also compares everything, when there is nothing else to do. */
  readonly repair: boolean;
  /** Also sends again what the server had no room for. */
  readonly held: boolean;
}

export interface LoopParts {
  round(options: RoundOptions): Promise<RoundEnd>;
  nowMs(): number;
  /** 0 … 1. */
  random(): number;
  /** Calls once after the delay, until the returned function is called. */
  after(delayMs: number, act: () => void): () => void;
  isOnline(): boolean;
  /** The last status of whoever led before. */
  readonly before: SyncStatus | null;
  onStatus(status: SyncStatus): void;
  /** What a round throws is a bug: the worker is ended and begun anew. */
  onBug(error: unknown): void;
}

/**
 * `write`: this device has something new · `poke`: the server has · `retry`: somebody wants it
 * now · `online`: the network is back · `repair`: compare everything.
 */
export type WakeReason = 'write' | 'poke' | 'retry' | 'online' | 'repair';

export interface Loop {
  wake(reason: WakeReason): void;
  /** What a round found out meanwhile. */
  note(change: Partial<SyncStatus>): void;
  /** Resolves once no round runs any more. */
  stop(): Promise<void>;
}

/** Without a poke, which is itself repeated: then what others wrote is asked for. */
export const POLL_MS = 900_000;
const dayMs = 86_400_000;
/** Until somebody signs in, unlocks or makes room: all of which wake it too. */
const LONG_MS = 60_000;
const busyShownMs = 300;

export function startLoop(parts: LoopParts): Loop {
  const loop = new Runner(parts);
  loop.wake('retry');
  return loop;
}

class Runner implements Loop {
  private readonly parts: LoopParts;
  private status: SyncStatus;
  private running: Promise<void> | null = null;
  private isStopped = false;
  /** What the next round is for; null = nothing asked for one. */
  private due: RoundOptions | null = null;
  private failures = 0;
  private failedMs = -Infinity;
  /** The server wants to be left alone until then. */
  private pausedUntilMs = -Infinity;
  private cancelTimer: () => void = () => undefined;

  constructor(parts: LoopParts) {
    this.parts = parts;
    this.status = {
      phase: 'syncing',
      ratio: null,
      untilMs: null,
      syncedMs: parts.before?.syncedMs ?? null,
      comparedMs: parts.before?.comparedMs ?? null,
      isServerFull: false,
      failure: null,
    };
    // What was said by whoever led before is not so any more.
    parts.onStatus(this.status);
  }

  wake(reason: WakeReason): void {
    if (this.isStopped) return;
    const isUrgent = reason !== 'write' && reason !== 'poke';
    this.dueAlso({ pull: reason !== 'write', repair: reason === 'repair', held: isUrgent });
    const nowMs = this.parts.nowMs();
    if (this.running || nowMs < this.pausedUntilMs) return;
    if (this.failures > 0 && !isUrgent && nowMs - this.failedMs < IMPATIENT_MS) return;
    this.begin();
  }

  note(change: Partial<SyncStatus>): void {
    const next = { ...this.status, ...change };
    const keys = Object.keys(next) as (keyof SyncStatus)[];
    if (keys.every((key) => next[key] === this.status[key])) return;
    this.status = next;
    this.parts.onStatus(next);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.cancelTimer();
    await this.running;
  }

  private dueAlso(options: RoundOptions): void {
    const due = this.due ?? { pull: false, repair: false, held: false };
    this.due = {
      pull: due.pull || options.pull,
      repair: due.repair || options.repair,
      held: due.held || options.held,
    };
  }

  private begin(): void {
    this.cancelTimer();
    this.running = this.runRounds()
      .catch((error: unknown) => this.parts.onBug(error))
      .finally(() => (this.running = null));
  }

  private async runRounds(): Promise<void> {
    while (this.due && !this.isStopped) {
      const options = this.due;
      this.due = null;
      const stopShowing = this.parts.after(busyShownMs, () => {
        if (this.status.phase !== 'first-sync') this.note({ phase: 'syncing' });
      });
      const end = await this.parts.round(options);
      stopShowing();
      if (end.kind === 'stopped') return;
      if (end.kind === 'settled') this.settled(options);
      else return this.failed(end, options);
    }
    if (!this.isStopped) this.later(POLL_MS);
  }

  private settled({ pull, repair }: RoundOptions): void {
    this.failures = 0;
    const nowMs = this.parts.nowMs();
    // What was just brought here is not compared at once.
    const comparedMs = repair ? nowMs : (this.status.comparedMs ?? nowMs);
    if (nowMs - comparedMs > dayMs) this.dueAlso({ pull: true, repair: true, held: false });
    this.note({
      phase: 'idle',
      ratio: null,
      untilMs: null,
      failure: null,
      comparedMs,
      ...(pull && { syncedMs: nowMs }),
    });
  }

  private failed(end: Exclude<RoundEnd, { kind: 'settled' }>, options: RoundOptions): void {
    this.failures++;
    const nowMs = this.parts.nowMs();
    this.failedMs = nowMs;
    // What the round was for is still to be done.
    this.dueAlso(options);
    const failure = end.kind === 'failed' ? end.failure : null;
    const phase = failure ? this.phaseOf(failure) : 'locked';
    const askedMs = failure?.figures?.['retryAfterMs'];
    const isPaused = typeof askedMs === 'number';
    if (isPaused) this.pausedUntilMs = nowMs + askedMs;
    const waitMs = isPaused
      ? askedMs
      : patient.has(phase)
        ? LONG_MS
        : backoffMs(this.failures, this.parts.random());
    this.note({
      phase: isPaused ? 'waiting' : phase,
      untilMs: isPaused ? this.pausedUntilMs : null,
      failure: phase === 'idle' && failure ? failure.code : null,
    });
    this.later(waitMs);
  }

  /** `idle` where the failure has no phase of its own. */
  private phaseOf({ code }: Failure): SyncPhase {
    if (code === 'auth.sign-in-needed') return 'signed-out';
    if (code === 'store.full') return 'device-full';
    if (code !== 'server.unavailable') return 'idle';
    return this.parts.isOnline() ? 'unreachable' : 'offline';
  }

  private later(waitMs: number): void {
    this.cancelTimer();
    this.cancelTimer = this.parts.after(waitMs, () => {
      this.dueAlso({ pull: true, repair: false, held: true });
      if (!this.running) this.begin();
    });
  }
}

const patient: ReadonlySet<SyncPhase> = new Set(['signed-out', 'locked', 'device-full']);
