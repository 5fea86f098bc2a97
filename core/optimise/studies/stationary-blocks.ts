/** Indices drawn in blocks of random length. Source: Politis and Romano 1994, Stationary Bootstrap. */

/** `count` indices below `count`; a block goes on around the end and lasts `mean` in the mean. */
export function drawBlocks(count: number, mean: number, random: () => number): Int32Array {
  const drawn = new Int32Array(count);
  const anew = 1 / Math.max(1, mean);
  for (let i = 0; i < count; i++) {
    const starts = i === 0 || random() < anew;
    drawn[i] = starts ? Math.floor(random() * count) : (drawn[i - 1]! + 1) % count;
  }
  return drawn;
}
