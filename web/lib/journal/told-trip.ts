/** What a round trip is called where only its id is known; of one that was told the words are kept. */
import { preferences } from '../state/preferences.svelte.ts';
import { say } from '../words/language.ts';
import { lotsText, sideWords } from '../words/orders.ts';
import { timeText } from '../words/times.ts';
import type { JournalTrip } from '#workers/journal/api.ts';
import { openJournalEngine } from './journal-engine.ts';

let last: { readonly id: string; readonly told: Promise<JournalTrip | null> } | null = null;

/** `EURUSD, Buy 0.10, 2026-10-06 12:00`; null where it is not in the journal of this device. */
export async function tripName(id: string): Promise<string | null> {
  if (last?.id !== id) last = { id, told: ask(id) };
  const trip = await last.told;
  if (!trip) {
    // It may come with the next statement.
    last = null;
    return null;
  }
  return tripWords(trip);
}

export function tripWords({ symbol, side, volumeLots, openedMs }: JournalTrip): string {
  const opened = timeText(openedMs, preferences.current.times);
  return say`${symbol}, ${sideWords[side]} ${lotsText(volumeLots)}, ${opened}`;
}

/** The worker reads the whole journal for it, and is let go of. */
async function ask(id: string): Promise<JournalTrip | null> {
  const engine = openJournalEngine(() => undefined);
  const found = await engine.ask((worker) => worker.trip(id));
  engine.stop();
  return found.ok ? found.value : null;
}
