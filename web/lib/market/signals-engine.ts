/** The signals worker of a page, whose crash settles what it was asked; the next question starts another. */
import * as Comlink from 'comlink';
import type { Failure } from '#core/errors.ts';
import type { Result } from '#core/result.ts';
import type { SignalsWorker } from '#workers/signals/api.ts';
import { openRoom } from '../state/open-room.ts';
import { roomAnswers, type RoomAnswers } from '../state/room-answers.ts';

interface Open {
  readonly worker: Comlink.Remote<SignalsWorker>;
  readonly answers: RoomAnswers;
}

export interface SignalsEngine {
  ask<T>(
    question: (worker: Comlink.Remote<SignalsWorker>) => Promise<Result<T, Failure>>,
  ): Promise<Result<T, Failure>>;
  stop(): void;
}

export function openSignalsEngine(): SignalsEngine {
  let open: Open | null = null;
  function start(): Open {
    const worker = openRoom('signals');
    worker.addEventListener('error', () => (open = null));
    return { worker: Comlink.wrap<SignalsWorker>(worker), answers: roomAnswers(worker) };
  }
  return {
    ask(question) {
      const { worker, answers } = (open ??= start());
      return answers.either(question(worker));
    },
    stop() {
      open?.answers.end();
      open = null;
    },
  };
}
