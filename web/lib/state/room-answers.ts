/** Answers of a worker that come to an end whatever happens to it: its crash or end settles them. */
import type { Failure } from '#core/errors.ts';
import { fail, type Result } from '#core/result.ts';
import { say } from '../words/language.ts';

export interface RoomAnswers {
  /** The answer, or the failure `work.crashed` or `work.cancelled` where the worker is no more. */
  either<T>(answer: Promise<Result<T, Failure>>): Promise<Result<T, Failure>>;
  /** Ends the worker at once, whatever it is doing. */
  end(): void;
}

export function roomAnswers(worker: Worker): RoomAnswers {
  let settle: (result: Result<never, Failure>) => void = () => undefined;
  const ended = new Promise<Result<never, Failure>>((resolve) => {
    settle = resolve;
  });
  const crashed = (detail: string) => settle(fail({ code: 'work.crashed', detail }));
  worker.addEventListener('error', ({ message }) => crashed(message || say`it did not start`));
  return {
    either(answer) {
      answer.catch((cause: unknown) => crashed(String(cause)));
      return Promise.race([ended, answer.catch(() => ended)]);
    },
    end() {
      worker.terminate();
      settle(fail({ code: 'work.cancelled', detail: say`the worker was ended` }));
    },
  };
}
