/** Alerts in words: what one is doing, and how it tells. */
import type { AlertView } from '#core/alerts/alert-views.ts';
import { say } from '../words/language.ts';

interface StateWords {
  readonly tone: 'ok' | 'busy' | 'warning' | 'danger' | 'quiet';
  readonly short: string;
  readonly long: string;
}

/** `isOnline`: whether the server hears the terminal of its account. */
export function alertStateWords(
  { state, repeat, lastFiredMs }: AlertView,
  isOnline: boolean,
): StateWords {
  if (state === 'paused') {
    return { tone: 'quiet', short: say`Paused`, long: say`It tells nothing until you turn it on.` };
  }
  if (state === 'done') {
    const wasTold = repeat === 'once' && lastFiredMs !== null;
    const long = wasTold ? say`It was told once.` : say`Its time is over.`;
    return { tone: 'quiet', short: say`Done`, long };
  }
  if (isOnline) {
    return {
      tone: 'ok',
      short: say`On`,
      long: say`The server watches for it, whether you look or not.`,
    };
  }
  const long = say`The account’s terminal is not connected: nobody sees its prices until it is.`;
  return { tone: 'warning', short: say`Waits for the terminal`, long };
}

/** `inbox, mail · at most once in 1 h`. */
export function waysWords({ channels, repeat, pauseMs }: AlertView): string {
  const ways = [say`inbox`, ...(channels.includes('mail') ? [say`mail`] : [])];
  if (channels.includes('push')) ways.push(say`notification`);
  const minutes = Math.round(pauseMs / 60_000);
  const pause = minutes % 60 === 0 ? say`${minutes / 60} h` : say`${minutes} min`;
  return `${ways.join(', ')} · ${repeat === 'once' ? say`once` : say`at most once in ${pause}`}`;
}
