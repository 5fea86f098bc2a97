/** How a search that learns chooses: from what was tried, ranked, to what is worth trying next. */

/** A place on each axis. */
export type Places = readonly number[];

export interface Tried {
  readonly places: Places;
  /** Larger is better; NaN where it may not be ranked. */
  readonly score: number;
}

export interface Guide {
  /** Trials that are chosen at one go, all from the same past. */
  readonly generationTrials: number;
  /** Divides `generationTrials`, so that several workers share a generation. */
  readonly batchTrials: number;
  /** More would make the choosing slower than the trying. */
  readonly mostTrials: number;
  /**
   * Draws places worth trying, as often as it is called; null where it came upon nothing untried.
   *
   * Only operations that every engine rounds alike are used, so that the same past leads to the
   * same choice in every browser.
   */
  chooser(past: Past): () => Places | null;
}

export interface Past {
  /** How many values each axis has. */
  readonly counts: readonly number[];
  /** What earlier generations tried, the best first. */
  readonly ranked: readonly Tried[];
  /** True for what they tried and for what is chosen already. */
  readonly isTaken: (places: Places) => boolean;
  readonly random: () => number;
}

/** Any place, each alike. */
export function anyPlaces(counts: readonly number[], random: () => number): Places {
  return counts.map((count) => Math.floor(random() * count));
}
