/** What goes wrong on purpose: a trader sees what their orders do then, and tests see that it is found. */
import type { PaperFault } from '#core/broker/paper-settings.ts';
import { draw } from '#core/execution/broker/slippage.ts';

export interface PaperFaults {
  /** Whether this one happens this time. */
  happens(fault: PaperFault): boolean;
}

/** Each that is switched on happens about once in `every` times; the same seed, the same times. */
export function seededFaults(
  faults: readonly PaperFault[],
  { seed, every }: { readonly seed: number; readonly every: number },
): PaperFaults {
  let times = 0;
  return {
    happens(fault) {
      if (!faults.includes(fault)) return false;
      times++;
      return draw(seed, times) * every < 1;
    },
  };
}

export const noFaults: PaperFaults = { happens: () => false };
