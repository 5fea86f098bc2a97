/** What is told of a request whose answer was lost at first, wherever the trader is by then. */
import type { Notice } from '../state/notices.ts';
import { errorWords } from '../words/errors.ts';
import type { Delivery } from './delivery.ts';
import { say } from '../words/language.ts';

/**
 * Stays until it is closed: whoever asked may be on another page, or not looking. Null where
 * nothing is to be told.
 */
export function lateAnswer(title: string, delivery: Delivery): Notice | null {
  switch (delivery.state) {
    case 'taken':
      return { tone: 'ok', text: say`${title}: the server had it`, stay: true };
    case 'lapsed':
      return {
        ...{ tone: 'warning', text: say`${title}: it never arrived, and is not done` },
        stay: true,
      };
    case 'refused': {
      const { what, then, detail } = errorWords(delivery.failure);
      return {
        ...{ tone: 'danger', text: say`${title}: not done. ${what}`, stay: true },
        detail: [detail, then].filter((text) => text !== '').join(' '),
      };
    }
    case 'unkept':
      return null;
  }
}
