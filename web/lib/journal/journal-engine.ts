/** The journal worker of a page, whose crash settles what it was asked; the next question starts another. */
import * as Comlink from 'comlink';
import type { Failure } from '#core/errors.ts';
import type { Result } from '#core/result.ts';
import type { JournalWorker } from '#workers/journal/api.ts';
import { openRoom } from '../state/open-room.ts';
import { roomAnswers, type RoomAnswers } from '../state/room-answers.ts';

interface Open {
  readonly worker: Comlink.Remote<JournalWorker>;
  readonly answers: RoomAnswers;
}

export interface JournalEngine {
  ask<T>(
    question: (worker: Comlink.Remote<JournalWorker>) => Promise<Result<T, Failure>>,
  ): Promise<Result<T, Failure>>;
  stop(): void;
}

/** `onchange` is called when answers may have become others. */
export function openJournalEngine(onchange: () => void): JournalEngine {
  let open: Open | null = null;
  function start(): Open {
    const worker = openRoom('journal');
    worker.addEventListener('error', () => (open = null));
    const opened = { worker: Comlink.wrap<JournalWorker>(worker), answers: roomAnswers(worker) };
    void opened.answers.either(opened.worker.follow(Comlink.proxy(onchange)));
    return opened;
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
