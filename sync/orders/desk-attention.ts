/** What a desk does of itself: sends, expires, moves stops, begins a look at the terminal. */
import type { Intent } from '#core/broker/intent.ts';
import { askedAfter } from './deal-intake.ts';
import { lookEachMs, type DeskWork } from './desk-work.ts';
import { dispatch } from './dispatch.ts';
import type { OrderTx } from './order-store.ts';
import { loseLinks, unknownAgainMs, unsure } from './reconciliation.ts';
import { followedTrails, moveStop } from './trailing.ts';

export interface DeskAttention {
  /** All that is due, in one transaction; what is due later wakes the desk by itself. */
  give(): Promise<void>;
  stop(): void;
}

const shortestMs = 10;
const longestMs = 60_000;

export function deskAttention(desk: DeskWork, subscribe: () => void): DeskAttention {
  const { options, state, send } = desk;
  const { clock } = options;
  let isBegun = false;
  let isStopped = false;
  let cancelTimer: (() => void) | null = null;

  function arm(dispatchMs: number | null, nowMs: number): void {
    cancelTimer?.();
    if (isStopped) return;
    const nextMs = Math.min(dispatchMs ?? Infinity, state.lookDueMs ?? Infinity);
    const waitMs = Math.min(Math.max(nextMs - nowMs, shortestMs), longestMs);
    cancelTimer = clock.after(waitMs, desk.wish);
  }

  return {
    async give() {
      const { look, trails } = state;
      const done = await desk.within((tx, nowMs) => attend(desk, tx, { isBegun, nowMs }));
      if (!done) return;
      for (const command of done.commands) send(command);
      trails.remember(done.followed);
      if (look.isStuck(done.nowMs)) look.drop();
      if (done.isLookDue && look.parts === null) {
        look.begin(done.questions, done.cursor, done.nowMs);
        state.lookedMs = done.nowMs;
        state.isLookWished = false;
        state.lookDueMs = done.nowMs + lookEachMs;
      } else if (!isBegun) look.askFates(done.questions);
      isBegun = true;
      subscribe();
      if (done.commands.length > 0) options.onChange({ t: 'changed' });
      arm(done.nextMs, done.nowMs);
    },
    stop() {
      isStopped = true;
      cancelTimer?.();
    },
  };
}

interface Moment {
  /** Whether the desk did this before. */
  readonly isBegun: boolean;
  readonly nowMs: number;
}

async function attend({ options, state }: DeskWork, tx: OrderTx, { isBegun, nowMs }: Moment) {
  const { session } = options;
  // What every attention needs, in one way to the database.
  await Promise.all([tx.openIntents(), tx.trails()]);
  if (!isBegun) await loseLinks(tx, session, nowMs);
  for (const position of state.stopsDue) {
    const bestPrice = state.trails.bestPrice(position);
    state.trails.asked(position, nowMs);
    if (bestPrice !== null) await moveStop(tx, { position, bestPrice }, nowMs);
  }
  state.stopsDue.clear();
  if (state.lookDueMs !== null && (await tx.openIntents()).some(isDoubted)) {
    state.lookDueMs = Math.min(state.lookDueMs, state.lookedMs + unknownAgainMs);
  }
  const isConnected = state.beat?.isConnected === true;
  const isLookDue = isConnected && (state.lookDueMs ?? Infinity) <= nowMs;
  const questions = isLookDue || !isBegun ? await unsure(tx, state.book, nowMs) : [];
  const followed = await followedTrails(tx);
  const cursor = askedAfter(tx.account.dealCursor);
  const dispatched = await dispatch(tx, { session, beat: state.beat, nowMs });
  return { ...dispatched, isLookDue, questions, cursor, followed, nowMs };
}

const isDoubted = ({ state }: Intent): boolean => state === 'unknown';
