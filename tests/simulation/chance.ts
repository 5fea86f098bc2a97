/** Choices that a seed makes. */
import { createRandom } from '#core/market/made-bars.ts';

export interface Chance {
  /** 0 … 1. */
  readonly next: () => number;
  /** A whole number below `count`. */
  below(count: number): number;
  /** True so often, 0 … 1. */
  often(ratio: number): boolean;
  of<T>(choices: readonly T[]): T;
  /** By weight. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T;
  some<T>(choices: readonly T[], most: number): T[];
}

export function chanceOf(seed: number): Chance {
  const next = createRandom(Math.imul(seed + 1, 0x9e3779b1));
  const below = (count: number) => Math.floor(next() * count);
  return {
    next,
    below,
    often: (ratio) => next() < ratio,
    of: (choices) => choices[below(choices.length)]!,
    weighted(weights) {
      const entries = Object.entries(weights) as [keyof typeof weights, number][];
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of entries) if ((left -= weight) < 0) return name;
      return entries.at(-1)![0];
    },
    some(choices, most) {
      const left = [...choices];
      const count = Math.min(left.length, 1 + below(most));
      return Array.from({ length: count }, () => left.splice(below(left.length), 1)[0]!);
    },
  };
}
