/**
 * How this device and the server stand to each other, the same in every tab, and the start of
 * the synchronisation while the open database is that of an account.
 *
 * `sync.follow()` is called once, by what stands in the status bar; all else reads `sync.words`
 * and the like, or asks for something: `sync.retry()`.
 */
import { liveQuery } from 'dexie';
import { untrack } from 'svelte';
import type { ReplicaMessage, SyncStatus } from '#workers/replica/api.ts';
import { clearedMs, ownerOf } from '#workers/store/owner.ts';
import { channelOf, statusKey } from '#workers/store/replica-names.ts';
import { lockKeys } from '#workers/store/sealing-keys.ts';
import { account } from '../account/account.svelte.ts';
import { database } from '../state/database.ts';
import { preferences } from '../state/preferences.svelte.ts';
import { server } from '../state/server.svelte.ts';
import { storage } from '../state/storage.svelte.ts';
import { standForLeader } from './leader.ts';
import { leadReplica } from './replica.ts';
import { syncWords, type SyncWords } from './words.ts';

/** What waits for less is nothing to speak of. */
const patienceMs = 600;

class Sync {
  /** Account whose data these are; null = nobody's, undefined = not known yet. */
  owner = $state<string | null | undefined>(undefined);
  status = $state.raw<SyncStatus | null>(null);
  /** Changes of this device that the server does not have yet. */
  waiting = $state(0);
  isRestoring = $state(false);
  private nowMs = $state(Date.now());
  /** As `waiting`, but what leaves at once is not shown. */
  private shownWaiting = $state(0);
  private showing: ReturnType<typeof setTimeout> | undefined;
  private channel: BroadcastChannel | undefined;
  private hasAskedToKeep = false;

  /** Somebody else's database, or one whose account is signed out, is not synchronised. */
  readonly isRunning = $derived(
    typeof this.owner === 'string' &&
      account.status !== 'signed-out' &&
      (account.account === null || account.account.userId === this.owner),
  );
  readonly words: SyncWords = $derived(
    syncWords({
      status: this.status,
      waiting: this.shownWaiting,
      isSignedOut: account.status === 'signed-out',
      isRestoring: this.isRestoring,
      nowMs: this.nowMs,
      times: preferences.current.times,
      server: server.status === 'unreachable' || server.status === 'offline' ? server.status : null,
    }),
  );

  /** Changes after an exchange with the server, but not often: for who asks the server then. */
  readonly exchanged: number = $derived(Math.floor((this.status?.syncedMs ?? 0) / 10_000));

  /** Follows what is stored, and synchronises, until the returned function is called. */
  follow(): () => void {
    const channel = new BroadcastChannel(channelOf(database.name));
    this.channel = channel;
    // The line to the server is a worker's, which hears first that it broke.
    channel.addEventListener('message', ({ data }: MessageEvent<ReplicaMessage>) => {
      if (data.kind !== 'line') return;
      if (data.isTold) server.heard();
      else server.doubt();
    });
    const watching = liveQuery(() => readAll()).subscribe({
      next: (found) => this.take(found),
      // The pages say it where they read what is stored.
      error: () => undefined,
    });
    const stopEffects = $effect.root(() => {
      $effect(() => (this.isRunning ? this.run(channel) : undefined));
      $effect(() => {
        // The worker heard it first.
        if (this.status?.phase === 'signed-out') untrack(() => void account.refresh());
      });
      $effect(() => {
        // A session that was ended elsewhere, or is over, leaves no key behind either.
        if (account.status !== 'signed-out' || typeof this.owner !== 'string') return;
        // Where the storage fails, the next page tries again.
        void lockKeys(database).catch(() => undefined);
      });
      $effect(() => {
        const everyMs = this.status?.phase === 'waiting' ? 1_000 : 30_000;
        const timer = setInterval(() => (this.nowMs = Date.now()), everyMs);
        return () => clearInterval(timer);
      });
    });
    return () => {
      stopEffects();
      watching.unsubscribe();
      channel.close();
      this.channel = undefined;
    };
  }

  /** Tries now, wherever the synchronisation runs. */
  retry(): void {
    this.tell({ kind: 'retry' });
  }
  /** Compares everything on this device with the server. */
  compare(): void {
    this.tell({ kind: 'repair' });
  }
  /** After the passphrase was entered. */
  unlocked(): void {
    this.tell({ kind: 'unlocked' });
  }
  /** Wants a row before its turn, while a first sync is under way. */
  touch(collection: string, row: string): void {
    if (this.status?.phase === 'first-sync') this.tell({ kind: 'touch', collection, row });
  }

  private tell(message: ReplicaMessage): void {
    this.channel?.postMessage(message);
  }

  private take({ owner, status, waiting, isRestoring }: Found): void {
    if ((status?.syncedMs ?? 0) > (this.status?.syncedMs ?? Infinity)) server.heard();
    this.owner = owner;
    this.status = status;
    this.waiting = waiting;
    this.isRestoring = isRestoring;
    this.nowMs = Date.now();
    this.showWaiting();
    if (owner !== null && waiting > 0 && !this.hasAskedToKeep && storage.persisted !== true) {
      this.hasAskedToKeep = true;
      void storage.persist();
    }
  }

  private showWaiting(): void {
    if (this.waiting > 0 && this.shownWaiting === 0) {
      this.showing ??= setTimeout(() => {
        this.showing = undefined;
        this.shownWaiting = this.waiting;
      }, patienceMs);
    } else {
      clearTimeout(this.showing);
      this.showing = undefined;
      this.shownWaiting = this.waiting;
    }
  }

  private run(channel: BroadcastChannel): (() => void) | undefined {
    const userId = this.owner;
    if (typeof userId !== 'string') return undefined;
    const lead = () => leadReplica({ database: database.name, userId });
    // Plain http away from loopback: then each tab leads, which costs more and harms nothing.
    if (!('locks' in navigator)) {
      const leading = lead();
      return () => void leading.end();
    }
    return standForLeader({
      name: channelOf(database.name),
      locks: navigator.locks,
      channel,
      page: document,
      timers: {
        every(periodMs, act) {
          const timer = setInterval(act, periodMs);
          return () => clearInterval(timer);
        },
      },
      lead,
    });
  }
}

type Found = Pick<Sync, 'status' | 'waiting' | 'isRestoring'> & { readonly owner: string | null };

async function readAll(): Promise<Found> {
  const [owner, row, waiting, cleared] = await Promise.all([
    ownerOf(database),
    database.replicaMeta.get(statusKey),
    database.outbox.count(),
    clearedMs(database),
  ]);
  const status = (row?.value ?? null) as SyncStatus | null;
  return { owner, status, waiting, isRestoring: cleared !== null };
}

export const sync = new Sync();
