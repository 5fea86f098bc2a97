/**
 * Breeds the best combinations: each new one takes every input from one of two good parents, and
 * now and then an input moves a little. Source: Eshelman and Schaffer 1993, Real-Coded Genetic
 * Algorithms and Interval-Schemata, for whole places in place of real numbers.
 */
import { anyPlaces, type Guide, type Places, type Tried } from './guide.ts';

/** Parents are drawn among this many of the best so far. */
const PARENTS = 24;
/** The best of so many draws becomes a parent. */
const CONTEST = 3;
/** Of the children, so many come from anywhere: without them a search ends on the first hill. */
const STRANGERS = 0.08;
/** How far an input moves at most, as a share of its values. */
const REACH = 0.25;

export const genetic: Guide = {
  generationTrials: 48,
  batchTrials: 6,
  mostTrials: 10_000,
  chooser({ counts, ranked, isTaken, random }) {
    const parents = ranked.filter(({ score }) => !Number.isNaN(score)).slice(0, PARENTS);
    const moving = Math.max(0.3, 1 / counts.length);
    const child = (): Places => {
      if (parents.length < 2 || random() < STRANGERS) return anyPlaces(counts, random);
      const mother = winner(parents, random);
      const father = winner(parents, random);
      return counts.map((count, axis) => {
        const own = (random() < 0.5 ? mother : father)[axis]!;
        return random() < moving ? moved(own, count, random) : own;
      });
    };
    return () => {
      const places = child();
      return isTaken(places) ? null : places;
    };
  },
};

function winner(parents: readonly Tried[], random: () => number): Places {
  let best = parents.length;
  for (let draw = 0; draw < CONTEST; draw++) {
    best = Math.min(best, Math.floor(random() * parents.length));
  }
  return parents[best]!.places;
}

/** At least one step; small steps are usual, large ones rare; an end turns it back. */
function moved(place: number, count: number, random: () => number): number {
  const far = random() * random() * REACH * count;
  const step = (1 + Math.floor(far)) * (random() < 0.5 ? -1 : 1);
  const to = place + step;
  if (to < 0) return Math.min(count - 1, -to);
  return to >= count ? Math.max(0, 2 * (count - 1) - to) : to;
}
