/**
 * What the server told of a book while an answer about it was on its way.
 *
 * The answer may be older than what was told after the question left, never older than what was
 * told before: laid over it again, nothing that was seen is lost.
 */
import { withChange, type BookChange } from '#core/broker/book-change.ts';
import type { BookView } from '#core/broker/views.ts';

export interface ToldChanges {
  /** `asked` is the number of the last question that has left. */
  tell(change: BookChange, asked: number): void;
  /**
   * The answer to a question, null where it failed, with what was told since it left. Older news
   * are forgotten: of two questions the answer to the later one is taken.
   */
  over<Answer extends BookView | null>(answer: Answer, question: number): Answer | BookView;
}

export function toldChanges(): ToldChanges {
  let told: { readonly change: BookChange; readonly asked: number }[] = [];
  return {
    tell: (change, asked) => void told.push({ change, asked }),
    over(answer, question) {
      told = told.filter(({ asked }) => asked >= question);
      if (answer === null) return answer;
      return told.reduce<BookView>((book, { change }) => withChange(book, change), answer);
    },
  };
}
