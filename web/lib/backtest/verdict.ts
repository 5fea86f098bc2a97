/** The first sentence on a result: did it make money, and more than doing nothing? */
import type { Run } from '#core/collections/run.ts';
import { percentText } from './figures.ts';
import { say } from '../words/language.ts';

export interface Verdict {
  readonly tone: 'up' | 'down' | 'quiet';
  readonly title: string;
  readonly text: string;
}

/** `buy and hold` is what the same money would have made, bought at the start and kept. */
export function verdict(run: Run): Verdict {
  const made = run.stats.returnPct;
  const held = run.stats.buyHoldReturnPct;
  if (run.roundTrips === 0 && (made ?? 0) === 0) {
    return {
      tone: 'quiet',
      title: say`Never traded`,
      text: say`No entry rule ever led to a trade.`,
    };
  }
  if (made === null) {
    return { tone: 'quiet', title: say`No return`, text: say`The run has no defined return.` };
  }
  const against =
    held === null ? '' : say` against ${percentText(held, true)} from buying and holding`;
  const text = `${percentText(made, true)}${against}.`;
  if (made <= 0) return { tone: 'down', title: say`Loses money`, text };
  if (held === null || made > held) {
    const title = held === null || held <= 0 ? say`Makes money` : say`Beats buying and holding`;
    return { tone: 'up', title, text };
  }
  return { tone: 'quiet', title: say`Makes less than buying and holding`, text };
}
