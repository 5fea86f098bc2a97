/**
 * One tab of those that share a database runs its replica: the one that holds the Web Lock.
 *
 * It lets go when the browser freezes it, and when it was long out of sight and another tab
 * waits. A waiting tab in sight asks every few seconds whether anybody leads; a leader that owes
 * three answers is stuck, and the lock is taken from it, once. Two leaders would do no harm: what
 * they store is compared before it is written.
 */
import type { ReplicaMessage } from '#workers/replica/api.ts';

export const askEveryMs = 5_000;
export const mostUnanswered = 3;
export const hiddenLongMs = 60_000;

export interface Leading {
  /** Resolves once nothing of it runs any more. */
  end(): Promise<void>;
}

export interface LeaderParts {
  /** Of the lock. */
  readonly name: string;
  readonly locks: Pick<LockManager, 'request' | 'query'>;
  readonly channel: Pick<
    BroadcastChannel,
    'postMessage' | 'addEventListener' | 'removeEventListener'
  >;
  readonly page: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;
  readonly timers: {
    every(periodMs: number, act: () => void): () => void;
  };
  lead(): Leading;
}

/** Stands until the returned function is called. */
export function standForLeader(parts: LeaderParts): () => void {
  const stand = new Stand(parts);
  stand.begin();
  return () => stand.end();
}

class Stand {
  private readonly parts: LeaderParts;
  private state: 'away' | 'waiting' | 'leading' = 'away';
  /** Each request of the lock has a number: what an earlier one still does, counts no more. */
  private round = 0;
  private letGo: () => void = () => undefined;
  private unanswered = 0;
  private hasStolen = false;
  private stops: (() => void)[] = [];
  private stopHidden: () => void = () => undefined;

  constructor(parts: LeaderParts) {
    this.parts = parts;
  }

  begin(): void {
    const { page, channel, timers } = this.parts;
    const listen = (target: typeof page, name: string, act: () => void) => {
      target.addEventListener(name, act);
      this.stops.push(() => target.removeEventListener(name, act));
    };
    const heard = (event: Event) => this.heard(event);
    channel.addEventListener('message', heard);
    this.stops.push(
      () => channel.removeEventListener('message', heard),
      timers.every(askEveryMs, () => this.ask()),
      () => this.stopHidden(),
    );
    listen(page, 'freeze', () => this.leave());
    listen(page, 'resume', () => this.enter());
    listen(page, 'visibilitychange', () => this.seen());
    this.seen();
    this.enter();
  }

  end(): void {
    for (const stop of this.stops) stop();
    this.leave();
  }

  private enter(steal = false): void {
    if (this.state !== 'away') return;
    this.state = 'waiting';
    this.unanswered = 0;
    const round = ++this.round;
    const controller = new AbortController();
    this.letGo = () => controller.abort();
    const held = this.parts.locks.request(
      this.parts.name,
      // The two cannot be had together.
      steal ? { steal } : { signal: controller.signal },
      () => (round === this.round ? this.lead(round) : undefined),
    );
    held.catch(() => {
      // Let go of while waiting, or taken by another tab: then this one waits again.
      if (round === this.round && this.state !== 'away') this.again();
    });
  }

  /** Leads until it lets go; the lock is free once nothing runs any more. */
  private lead(round: number): Promise<void> {
    this.state = 'leading';
    const leading = this.parts.lead();
    return new Promise((resolve) => {
      this.letGo = () => void leading.end().then(resolve, resolve);
      if (round !== this.round) this.letGo();
    });
  }

  private leave(): void {
    this.state = 'away';
    this.round++;
    this.letGo();
    this.letGo = () => undefined;
  }

  private again(): void {
    this.leave();
    this.enter();
  }

  private ask(): void {
    if (this.state !== 'waiting' || this.parts.page.visibilityState !== 'visible') return;
    if (this.unanswered >= mostUnanswered && !this.hasStolen) {
      this.hasStolen = true;
      this.leave();
      this.enter(true);
      return;
    }
    this.unanswered++;
    this.parts.channel.postMessage({ kind: 'ping' } satisfies ReplicaMessage);
  }

  private heard(event: Event): void {
    const message: unknown = (event as MessageEvent).data;
    const isAnswer = (message as Partial<ReplicaMessage> | null)?.kind === 'pong';
    if (isAnswer) this.unanswered = 0;
  }

  private seen(): void {
    this.stopHidden();
    // While it was out of sight nobody was asked.
    this.unanswered = 0;
    if (this.parts.page.visibilityState === 'hidden') {
      this.stopHidden = this.parts.timers.every(hiddenLongMs, () => void this.giveWay());
    }
  }

  private async giveWay(): Promise<void> {
    if (this.state !== 'leading') return;
    const { pending = [] } = await this.parts.locks.query();
    if (this.state === 'leading' && pending.some(({ name }) => name === this.parts.name)) {
      this.again();
    }
  }
}
