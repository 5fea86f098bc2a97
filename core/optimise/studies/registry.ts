/** Every study, by its key. */
import { daysWithoutEdge } from './days-without-edge.ts';
import { blocksOfPrices, noisyPrices } from './other-prices.ts';
import { randomEntries } from './random-entries.ts';
import type { Study } from './study.ts';
import { worseFills } from './worse-fills.ts';

export const studies = {
  fills: worseFills,
  noise: noisyPrices,
  blocks: blocksOfPrices,
  entries: randomEntries,
  days: daysWithoutEdge,
} as const satisfies Record<string, Study>;

export type StudyKey = keyof typeof studies;

/**
 * Whether the study makes bars that never were, which have nothing inside them: it and the run it
 * is compared with walk the bars alone.
 */
export function walksBarsAlone(study: StudyKey): boolean {
  return study === 'noise' || study === 'blocks';
}
