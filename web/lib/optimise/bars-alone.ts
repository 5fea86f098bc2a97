/** What is to be said of a test whose bars never were: nothing moves inside them. */
import { innerKind } from '#core/execution/asked-prices.ts';
import type { Sweep } from '#core/optimise/sweep.ts';

type Searched = Pick<Sweep, 'settings' | 'beside'>;

/** In the panel where bars are changed; empty where nothing is lost by it. */
export function barsAloneWords({ settings, beside = [] }: Searched): string {
  const kind = innerKind(settings);
  const others = beside.length - (kind === null ? 0 : 1);
  const walked = kind === 'ticks' ? 'ticks' : 'smaller bars';
  const path =
    kind === null
      ? ''
      : `Changed bars have no ${walked} inside them: here they and the run they are compared with take the worse way first inside a bar, not the way of the search along its ${walked}.`;
  const symbols =
    others > 0 ? 'Prices of other symbols that the rules read stay as they were.' : '';
  return [path, symbols].filter(Boolean).join(' ');
}

/** Whether an earlier version made the search on bars alone although its settings ask for more. */
export function wasWalkedOnBars(stored: Searched): boolean {
  return stored.beside === undefined && innerKind(stored.settings) !== null;
}
