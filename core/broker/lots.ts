/** Volumes added up: sums of decimals leave dust, which no step of volume is as small as. */

/** In lots, without the dust, and never −0. */
export const wholeLots = (lots: number): number => Math.round(lots * 1e8) / 1e8 + 0;

/** Of all of them, in lots. */
export const sumOfLots = (parts: readonly { readonly volumeLots: number }[]): number =>
  wholeLots(parts.reduce((sum, { volumeLots }) => sum + volumeLots, 0));
