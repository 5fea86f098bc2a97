/**
 * One round of a replica with its server: all that there is to give and to take, step by step.
 *
 * A round ends when nothing is left, or at the first failure. It may be interrupted anywhere and
 * begun anew: each step leaves the device consistent.
 */
import type { Failure } from '#core/errors.ts';
import type { Result } from '#core/result.ts';
import type { Refused, Sealing } from '#core/sync/protocol.ts';
import type { SyncStatus } from './api.ts';
import type { ReplicaEngine } from './engine.ts';
import { firstSync, type FirstSync } from './first-sync.ts';
import type { RoundEnd, RoundOptions } from './loop.ts';
import type { PackStore } from './packs.ts';
import type { Sealer } from './sealing/sealer.ts';
import type { ReplicaServer } from './transport.ts';

export interface RoundParts {
  readonly engine: ReplicaEngine;
  readonly server: ReplicaServer;
  readonly packs: PackStore;
  readonly userId: string;
  /** The one that the engine uses from then on. */
  openSealer(sealing: Sealing): Promise<Sealer | 'locked'>;
  /** What is too large for rows, to the server and from there; true where a row was written. */
  carry(): Promise<boolean>;
  note(change: Partial<SyncStatus>): void;
  /** Once everything that the account has is here. */
  onBootstrapped(): Promise<void>;
  /** What the storage failed with; a bug is thrown on. */
  failureOf(error: unknown): Failure;
}

export interface Rounds {
  run(options: RoundOptions): Promise<RoundEnd>;
  /** A row is wanted before its turn, while a first sync is under way. */
  touch(collection: string, row: string): void;
  /** Lets the round under way end at its next step. */
  stop(): void;
}

/** Rows adopted in a transaction, which other tabs wait for. */
const adoptedAtOnce = 200;
/** Merged in a transaction. */
const pulledAtOnce = 1_000;
const mostRefusals = 8;

export function replicaRounds(parts: RoundParts): Rounds {
  let round: Round | null = null;
  let isStopped = false;
  return {
    async run(options) {
      round = new Round(parts, options, () => isStopped);
      try {
        return await round.run();
      } catch (error) {
        if (isEnd(error)) return error;
        return { kind: 'failed', failure: parts.failureOf(error) };
      }
    },
    touch: (collection, row) => round?.first?.touch(collection, row),
    stop: () => (isStopped = true),
  };
}

/** Thrown by a step that ends the round, and caught by `run` alone. */
type End = Exclude<RoundEnd, { kind: 'settled' }>;

function isEnd(error: unknown): error is End {
  return typeof error === 'object' && error !== null && Object.hasOwn(error, 'kind');
}

/** `again`: something changed what is to be done next. */
type Step = 'done' | 'again';

class Round {
  first: FirstSync | null = null;
  private readonly parts: RoundParts;
  private readonly isStopped: () => boolean;
  private readonly held: boolean;
  private pull: boolean;
  private repair: boolean;
  private refusals = 0;

  constructor(parts: RoundParts, options: RoundOptions, isStopped: () => boolean) {
    this.parts = parts;
    this.isStopped = isStopped;
    this.pull = options.pull;
    this.repair = options.repair;
    this.held = options.held;
  }

  async run(): Promise<RoundEnd> {
    const { engine } = this.parts;
    while ((await engine.adopt(adoptedAtOnce)) > 0) this.endIfStopped();
    if (this.held) await engine.retryHeld();
    while ((await this.pass()) === 'again') this.endIfStopped();
    return { kind: 'settled' };
  }

  private async pass(): Promise<Step> {
    const { engine, openSealer } = this.parts;
    const { isRegistered, isBootstrapped, isRepairDue, sealing } = await engine.state();
    if (!isRegistered) return this.register();
    const sealer = await openSealer(sealing);
    if (sealer === 'locked') return this.locked(sealing);
    if (!isBootstrapped) return this.bootstrap(sealer);
    // Pulled first: what another device wrote meanwhile is then seen to be at the same time.
    if (this.pull && (await this.pullAll(sealer)) === 'again') return 'again';
    this.pull = false;
    if ((await this.pushAll()) === 'again') return 'again';
    if (isRepairDue || this.repair) return this.compare(sealer);
    return (await this.parts.carry()) ? 'again' : 'done';
  }

  /** While it is locked nothing is exchanged, so that a switch must be asked for. */
  private async locked(known: Sealing): Promise<Step> {
    const { engine, server, userId } = this.parts;
    const sealing = await this.answerOf(server.sealing(userId));
    if (sealing.epoch === known.epoch || ++this.refusals > mostRefusals) {
      throw { kind: 'locked' } satisfies End;
    }
    await engine.onSealing(sealing);
    return 'again';
  }

  private async register(): Promise<Step> {
    const answer = await this.answerOf(this.parts.server.register(this.parts.userId));
    // Another tab was faster: what it was told counts.
    await this.parts.engine.onRegister(answer);
    return 'again';
  }

  private async bootstrap(sealer: Sealer): Promise<Step> {
    const { engine, server, packs, note } = this.parts;
    const request = await engine.nextBootstrap();
    if (request.epoch !== sealer.epoch) return 'again';
    note({ phase: 'first-sync', ratio: 0 });
    this.first = firstSync({
      packs,
      ask: (from) => server.bootstrap({ ...request, from }),
      open: (wire) => sealer.open(wire),
      merge: (fragments) => engine.mergeFragments(fragments),
      onRatio: (ratio) => note({ ratio: Math.floor(ratio * 100) / 100 }),
      isStopped: this.isStopped,
    });
    const end = await this.first.run();
    this.first = null;
    switch (end.kind) {
      case 'stopped':
      case 'failed':
        throw end satisfies End;
      case 'refused':
        await engine.onRefused(end.why);
        return this.refused(end.why);
      case 'done':
        await this.mergeLate(sealer);
        await engine.onBootstrapKept(end.progress);
        await packs.clear();
        await this.parts.onBootstrapped();
        note({ phase: 'syncing', ratio: null });
        return 'again';
    }
  }

  private async pushAll(): Promise<Step> {
    const { engine, server, note } = this.parts;
    for (;;) {
      const request = await engine.nextPush();
      if (!request) return 'done';
      const calls = [server.push(request), engine.preparePush()] as const;
      const answer = await this.answerOf(Promise.all(calls).then(([pushed]) => pushed));
      const effect = await engine.onPush(request, answer);
      if (effect !== 'done') return this.refused(effect);
      const outcomes = answer.kind === 'done' ? answer.outcomes : [];
      const isFull = outcomes.includes('quota');
      const isMissing = outcomes.includes('missing');
      // A chunk may be missing because there was no room for it, which was noted when it was sent.
      if (isFull || !isMissing) note({ isServerFull: isFull });
      if (isMissing) {
        const failure: Failure = { code: 'sync.chunk-missing', detail: 'A chunk is not there.' };
        throw { kind: 'failed', failure } satisfies End;
      }
      this.endIfStopped();
    }
  }

  private async pullAll(sealer: Sealer): Promise<Step> {
    const { engine, server } = this.parts;
    for (;;) {
      const request = await engine.nextPull(pulledAtOnce);
      // Switched meanwhile: this sealer opens nothing of what comes.
      if (request.epoch !== sealer.epoch) return 'again';
      const answer = await this.answerOf(server.pull(request));
      const opened = answer.kind === 'page' ? await sealer.open(answer.fragments) : [];
      const effect = await engine.onPull(request, answer, opened);
      if (typeof effect === 'string') return this.refused(effect);
      if (effect.isCaughtUp) break;
      this.endIfStopped();
    }
    await this.mergeLate(sealer);
    return 'done';
  }

  /** What had to wait when it came. */
  private async mergeLate(sealer: Sealer): Promise<void> {
    const late = await sealer.late();
    if (late.fragments.length > 0) await this.parts.engine.mergeFragments(late.fragments);
    await late.done();
  }

  private async compare(sealer: Sealer): Promise<Step> {
    const { engine, server } = this.parts;
    const comparison = await engine.nextDigest();
    const { request } = comparison;
    if (request.epoch !== sealer.epoch) return 'again';
    const buckets = await engine.onDigest(comparison, await this.answerOf(server.digest(request)));
    if (typeof buckets === 'string') return this.refused(buckets);
    for (const bucket of buckets) {
      const asked = await engine.nextBucket(bucket);
      const answer = await this.answerOf(server.bucket(asked));
      const opened = answer.kind === 'bucket' ? await sealer.open(answer.fragments) : [];
      const effect = await engine.onBucket(bucket, asked, answer, opened);
      if (effect !== 'done') return this.refused(effect);
      this.endIfStopped();
    }
    const end = await engine.endRepair(comparison);
    if (end !== 'done') return this.refused(end);
    this.repair = false;
    // What the server lacks waits now.
    return buckets.length > 0 ? 'again' : 'done';
  }

  /** The engine has done its part; what is left is to find out how data are kept now. */
  private async refused(why: Refused['kind'] | 'stale'): Promise<Step> {
    if (++this.refusals > mostRefusals) {
      const failure: Failure = { code: 'server.failed', detail: `Refused again and again: ${why}` };
      throw { kind: 'failed', failure } satisfies End;
    }
    if (why === 'reset') this.pull = true;
    if (why !== 'sealed') return 'again';
    const { engine, server, userId } = this.parts;
    await engine.onSealing(await this.answerOf(server.sealing(userId)));
    return 'again';
  }

  private async answerOf<T>(call: Promise<Result<T, Failure>>): Promise<T> {
    const answer = await call;
    if (!answer.ok) throw { kind: 'failed', failure: answer.error } satisfies End;
    return answer.value;
  }

  private endIfStopped(): void {
    if (this.isStopped()) throw { kind: 'stopped' } satisfies End;
  }
}
