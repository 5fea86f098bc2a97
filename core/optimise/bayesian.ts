/**
 * Learns where good combinations lie: of many candidates near the good ones, the one where good
 * ones are dense and the others are not, which is where the expected improvement is largest.
 *
 * Source: Bergstra, Bardenet, Bengio and Kégl 2011, Algorithms for Hyper-Parameter Optimization,
 * tree-structured Parzen estimator; one density over all inputs together, so that inputs that
 * depend on each other are learned together. The kernel is (1 + x²)⁻², which needs no exponential.
 */
import { anyPlaces, type Guide, type Places, type Tried } from './guide.ts';

/** The share of what was tried that counts as good, and the most of it. */
const GOOD_SHARE = 0.15;
const MOST_GOOD = 25;
/** Of the others so many speak for all, evenly from the best to the worst: enough to avoid them. */
const MOST_REST = 300;
/** Candidates that are weighed for each choice. */
const CANDIDATES = 24;

export const bayesian: Guide = {
  generationTrials: 16,
  batchTrials: 2,
  mostTrials: 2_000,
  chooser({ counts, ranked, isTaken, random }) {
    const rankable = ranked.filter(({ score }) => !Number.isNaN(score)).length;
    const wanted = Math.min(MOST_GOOD, Math.max(3, Math.ceil(GOOD_SHARE * ranked.length)));
    if (rankable < 3) {
      return () => {
        const places = anyPlaces(counts, random);
        return isTaken(places) ? null : places;
      };
    }
    const split = Math.min(wanted, rankable);
    const good = densityOf(counts, ranked.slice(0, split));
    const rest = densityOf(counts, some(ranked.slice(split), MOST_REST));
    return () => {
      let best: Places | null = null;
      let most = -1;
      for (let candidate = 0; candidate < CANDIDATES; candidate++) {
        const places = good.draw(random);
        if (isTaken(places)) continue;
        const gain = good.at(places) / rest.at(places);
        if (gain > most) {
          most = gain;
          best = places;
        }
      }
      return best;
    };
  },
};

function some(tried: readonly Tried[], most: number): readonly Tried[] {
  if (tried.length <= most) return tried;
  return Array.from({ length: most }, (_, k) => tried[Math.floor((k * tried.length) / most)]!);
}

interface Density {
  at(places: Places): number;
  draw(random: () => number): Places;
}

/** A kernel around each of `tried`, and one more observation that could be anywhere. */
function densityOf(counts: readonly number[], tried: readonly Tried[]): Density {
  const kernels = counts.map((count) => kernelOf(count, tried.length));
  const anywhere = counts.reduce((share, count) => share / count, 1);
  const axes = counts.length;
  const centres = Int32Array.from(tried.flatMap(({ places }) => places));
  return {
    at(places) {
      let sum = anywhere;
      for (let from = 0; from < centres.length; from += axes) {
        let product = 1;
        for (let axis = 0; axis < axes; axis++) {
          const distance = places[axis]! - centres[from + axis]!;
          product *= kernels[axis]![distance < 0 ? -distance : distance]!;
        }
        sum += product;
      }
      return sum / (tried.length + 1);
    },
    draw(random) {
      const which = Math.floor(random() * (tried.length + 1));
      const centre = tried[which];
      if (!centre) return anyPlaces(counts, random);
      return counts.map((count, axis) => near(centre.places[axis]!, count, kernels[axis]!, random));
    },
  };
}

/** The weight of each distance, all of both sides together 1; the narrower the more is known. */
function kernelOf(count: number, observations: number): Float64Array {
  const width = Math.max(0.6, count / (3 * Math.sqrt(1 + observations)));
  const weights = Float64Array.from({ length: count }, (_, distance) => {
    const x = distance / width;
    return 1 / ((1 + x * x) * (1 + x * x));
  });
  const total = weights.reduce((sum, weight) => sum + 2 * weight, -weights[0]!);
  return weights.map((weight) => weight / total);
}

/** A place by its weight around `centre`, found from there outwards: most lie near. */
function near(centre: number, count: number, kernel: Float64Array, random: () => number): number {
  for (;;) {
    let left = random();
    for (let distance = 0; distance < count && left >= 0; distance++) {
      left -= kernel[distance]!;
      if (left < 0 && centre + distance < count) return centre + distance;
      if (left < 0 || distance === 0) continue;
      left -= kernel[distance]!;
      if (left < 0 && centre - distance >= 0) return centre - distance;
    }
  }
}
