/** Lets the same be asked again before it is answered; of the answers the newest question's counts. */
export interface NewestAnswer {
  /** Questions that are not answered yet. */
  readonly open: number;
  /** The number of the question asked last; 0 before any. */
  readonly last: number;
  /** The number of a new question. */
  asked(): number;
  /** Whether the answer is to be taken: a later question's may have come before it. */
  answered(question: number): boolean;
}

export function newestAnswer(): NewestAnswer {
  let open = 0;
  let last = 0;
  let taken = 0;
  return {
    get open() {
      return open;
    },
    get last() {
      return last;
    },
    asked() {
      open++;
      return ++last;
    },
    answered(question) {
      open--;
      if (question < taken) return false;
      taken = question;
      return true;
    },
  };
}
