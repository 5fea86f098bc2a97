/** Round trips merged, split and put back by the trader, each with the way to undo it. */
import { storeFailure } from '#workers/store/failure.ts';
import { notify, notifyFailure } from '../state/notices.ts';
import { say } from '../words/language.ts';
import { countText } from '../words/numbers.ts';
import { mergeFaultWords } from './edit-words.ts';
import type { JournalEngine } from './journal-engine.ts';
import { tripEdits } from './journal.ts';

function attempt(work: Promise<unknown>): void {
  work.catch((error: unknown) => notifyFailure(storeFailure(error)));
}

function told(text: string, undo: () => Promise<unknown>): void {
  const action = { label: say`Undo`, run: () => attempt(undo()) };
  void notify({ id: 'journal.edited', text, action });
}

/** True where they are one now. */
export async function mergeTrips(engine: JournalEngine, ids: readonly string[]): Promise<boolean> {
  const plan = await engine.ask((worker) => worker.mergePlan(ids));
  if (!plan.ok) {
    void notifyFailure(plan.error);
    return false;
  }
  if ('fault' in plan.value) {
    void notify({ id: 'journal.edited', text: mergeFaultWords[plan.value.fault] });
    return false;
  }
  try {
    const made = await tripEdits.merge(plan.value.trips);
    told(say`${countText(ids.length, 'round trip')} merged`, () => tripEdits.takeBack(made));
    return true;
  } catch (error) {
    void notifyFailure(storeFailure(error));
    return false;
  }
}

export function splitTrip(at: string): void {
  attempt(
    tripEdits.split(at).then((made) => {
      told(say`Round trip split`, () => tripEdits.takeBack(made));
    }),
  );
}

/** As it was before: apart again, or whole again. */
export function takeBack(edits: readonly string[], text: string): void {
  attempt(
    tripEdits.takeBack(edits).then((gone) => {
      if (gone.length > 0) told(text, () => tripEdits.restore(gone));
    }),
  );
}
