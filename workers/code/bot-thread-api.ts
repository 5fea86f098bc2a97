/** What a thread that works for bots in code can be asked, over Comlink, one thing after another. */
import type { BotTrip } from '#core/automation/bot-book.ts';
import type { Result } from '#core/result.ts';
import type { CodeFailure } from './api.ts';
import type { CodeStep, CodeText, CodeTrips, StepAnswer } from './bot-code.ts';

/** A sign of life. */
export type Alive = () => void;

export interface BotCodeWorker {
  check(text: CodeText, alive: Alive): Promise<Result<null, CodeFailure>>;
  step(asked: CodeStep, alive: Alive): Promise<Result<StepAnswer, CodeFailure>>;
  trips(asked: CodeTrips, alive: Alive): Promise<Result<readonly BotTrip[], CodeFailure>>;
}
