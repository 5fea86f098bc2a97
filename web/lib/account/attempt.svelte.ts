/** One thing that a form tries: whether it runs, why it failed, and how long it must wait. */
import type { ErrorCode } from '#core/errors.ts';
import { errorWords } from '../words/errors.ts';
import type { Answer, CallFailure } from './api.ts';

export class Attempt {
  busy = $state(false);
  failure = $state.raw<CallFailure | null>(null);
  /** Until the server takes the call again; 0 = now. */
  waitSeconds = $state(0);
  private timer: ReturnType<typeof setInterval> | undefined;

  /** What the call answered, or null where it failed, was put away or is not let through yet. */
  async run<T>(act: () => Promise<Answer<T>>): Promise<T | null> {
    if (this.busy || this.waitSeconds > 0) return null;
    this.busy = true;
    try {
      const answer = await act();
      if (answer.ok) {
        this.failure = null;
        return answer.value;
      }
      this.failure = answer.error.code === 'work.cancelled' ? null : answer.error;
      if (answer.error.retryAfterMs) this.holdBack(answer.error.retryAfterMs);
      return null;
    } finally {
      this.busy = false;
    }
  }

  /** The failure as a sentence where it is one of these, to stand beside its field. */
  beside(...codes: readonly ErrorCode[]): string | undefined {
    if (!this.failure || !codes.includes(this.failure.code)) return undefined;
    const { what, then } = errorWords(this.failure);
    return `${what}. ${then}`;
  }
  /** The failure where it is none of those that stand beside a field. */
  otherThan(...codes: readonly ErrorCode[]): CallFailure | null {
    return this.failure && !codes.includes(this.failure.code) ? this.failure : null;
  }

  private holdBack(waitMs: number): void {
    clearInterval(this.timer);
    const untilMs = Date.now() + waitMs;
    const count = () => {
      this.waitSeconds = Math.max(0, Math.ceil((untilMs - Date.now()) / 1_000));
      if (this.waitSeconds > 0) return;
      clearInterval(this.timer);
      this.failure = null;
    };
    count();
    this.timer = setInterval(count, 500);
  }
}
