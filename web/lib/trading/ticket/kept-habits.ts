/** The units that a trader likes in the order form, kept on the device. */
import { putKept, readKept } from '../kept-terms.ts';
import { habitsOf, readHabits, type TicketDraft, type TicketHabits } from './draft.ts';

const key = 'offing.ticket';

export const keptHabits = (): TicketHabits => readHabits(readKept(localStorage, key));

export function keepHabits(draft: TicketDraft): void {
  putKept(localStorage, key, habitsOf(draft));
}
