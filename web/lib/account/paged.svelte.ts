/**
 * Rows that the server hands out a page at a time: the first by `restart()`, more by `more()`.
 *
 * `next` is where the following page begins; null = there is none.
 */
import type { Answer, CallFailure } from './api.ts';

export interface Page<Row, Cursor> {
  readonly rows: readonly Row[];
  readonly next: Cursor | null;
}

export class Paged<Row, Cursor> {
  rows = $state.raw<readonly Row[] | undefined>(undefined);
  next = $state.raw<Cursor | null>(null);
  busy = $state(false);
  failure = $state.raw<CallFailure | null>(null);
  private readonly ask: (after: Cursor | null) => Promise<Answer<Page<Row, Cursor>>>;
  private round = 0;

  constructor(ask: (after: Cursor | null) => Promise<Answer<Page<Row, Cursor>>>) {
    this.ask = ask;
  }
  restart(): Promise<void> {
    return this.load(null);
  }
  async more(): Promise<void> {
    if (this.next !== null && !this.busy) await this.load(this.next);
  }

  private async load(after: Cursor | null): Promise<void> {
    const round = ++this.round;
    this.busy = true;
    const answer = await this.ask(after);
    // Asked anew meanwhile: this answer is of an earlier question.
    if (round !== this.round) return;
    this.busy = false;
    this.failure = answer.ok ? null : answer.error;
    if (!answer.ok) return;
    this.rows = after === null ? answer.value.rows : [...(this.rows ?? []), ...answer.value.rows];
    this.next = answer.value.next;
  }
}
