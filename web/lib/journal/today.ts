/** The day it is by the trader's clock, also in a page that is left open over midnight. */
import { timeText, type TimeDisplay } from '../words/times.ts';

const everyMs = 30_000;

/** `2026-11-27`. */
export function dayNow(times: TimeDisplay): string {
  return timeText(Date.now(), times, { dateOnly: true });
}

/** Tells it at once and again now and then, until the function that it answers is called. */
export function followDay(times: TimeDisplay, tell: (day: string) => void): () => void {
  const look = () => tell(dayNow(times));
  look();
  const timer = setInterval(look, everyMs);
  // Of a device that slept over midnight.
  document.addEventListener('visibilitychange', look);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
  };
}
