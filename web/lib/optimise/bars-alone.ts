/** What is to be said of bars of a search that have nothing inside them, though it walks inside. */
import { innerKind } from '#core/execution/asked-prices.ts';
import type { Sweep } from '#core/optimise/sweep.ts';
import { timeText } from '#lib/words/times.ts';
import { say } from '../words/language.ts';

type Searched = Pick<Sweep, 'settings' | 'beside'>;

/** In the panel where bars are changed; empty where nothing is lost by it. */
export function barsAloneWords({ settings, beside = [] }: Searched): string {
  const kind = innerKind(settings);
  const others = beside.length - (kind === null ? 0 : 1);
  const walked = kind === 'ticks' ? 'ticks' : say`smaller bars`;
  const path =
    kind === null
      ? ''
      : say`Changed bars have no ${walked} inside them: here they and the run they are compared with take the worse way first inside a bar, not the way of the search along its ${walked}.`;
  const symbols =
    others > 0 ? say`Prices of other symbols that the rules read stay as they were.` : '';
  return [path, symbols].filter(Boolean).join(' ');
}

/** Whether an earlier version made the search on bars alone although its settings ask for more. */
export function wasWalkedOnBars(stored: Searched): boolean {
  return stored.beside === undefined && innerKind(stored.settings) !== null;
}

const DAY_MS = 86_400_000;

/** What of the prices of a search lies outside the time of what is inside them; empty for none. */
export function uncoveredWords(of: Searched & Pick<Sweep, 'firstMs' | 'lastMs'>): string {
  const kind = innerKind(of.settings);
  const inner = kind === null ? undefined : of.beside?.[0];
  if (!inner) return '';
  const isWhole = inner.firstMs < of.firstMs + DAY_MS && inner.lastMs > of.lastMs - DAY_MS;
  if (isWhole) return '';
  const day = (ms: number) => timeText(ms, 'utc', { dateOnly: true });
  const walked = kind === 'ticks' ? say`Ticks` : say`Smaller bars`;
  return say`${walked} are stored from ${day(inner.firstMs)} to ${day(inner.lastMs)}: bars before and after take the worse way first.`;
}
