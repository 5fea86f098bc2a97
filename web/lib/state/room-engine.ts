/** A worker of a page, whose crash settles what it was asked; the next question starts another. */
import * as Comlink from 'comlink';
import type { Failure } from '#core/errors.ts';
import type { Result } from '#core/result.ts';
import { openRoom } from './open-room.ts';
import { roomAnswers, type RoomAnswers } from './room-answers.ts';

export interface RoomEngine<W> {
  ask<T>(
    question: (worker: Comlink.Remote<W>) => Promise<Result<T, Failure>>,
  ): Promise<Result<T, Failure>>;
  /** Ends it at once; a question after that starts another. */
  stop(): void;
}

/** `first` is asked of each worker before anything else, and again of the next one. */
export function openRoomEngine<W>(
  room: Parameters<typeof openRoom>[0],
  first?: (worker: Comlink.Remote<W>) => Promise<Result<unknown, Failure>>,
): RoomEngine<W> {
  let open: { worker: Comlink.Remote<W>; answers: RoomAnswers } | null = null;
  function start() {
    const thread = openRoom(room);
    thread.addEventListener('error', () => (open = null));
    const opened = { worker: Comlink.wrap<W>(thread), answers: roomAnswers(thread) };
    if (first) void opened.answers.either(first(opened.worker));
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
