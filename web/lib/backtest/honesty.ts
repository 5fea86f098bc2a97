/** What a reader of a result should know before believing it, worst first. */
import type { Run } from '#core/collections/run.ts';
import { percentText } from './figures.ts';
import { priceCurrency } from './instrument-defaults.ts';
import { seriesSymbol } from './series-name.ts';
import { say } from '../words/language.ts';
import { countText } from '../words/numbers.ts';

export interface HonestyNote {
  readonly id: string;
  readonly level: 'serious' | 'caution';
  readonly title: string;
  readonly text: string;
}

export interface RunFacts {
  readonly run: Run;
  /** Null once the price series has been deleted. */
  readonly hasAsk: boolean | null;
  readonly ruined: boolean;
  /** Money of equity that belongs to no closed round trip; 0 where nothing was left open. */
  readonly openProfit: number;
  /** Positions sized by risk that the money kept smaller than the risk asks for. */
  readonly capped: number;
}

type Rule = (facts: RunFacts) => HonestyNote | null;

const FEW = 30;
const ENOUGH = 100;

function ruin({ ruined }: RunFacts): HonestyNote | null {
  if (!ruined) return null;
  return {
    id: 'ruin',
    level: 'serious',
    title: say`The account was lost`,
    text: say`Equity fell to zero and the run ended there. Everything after it is flat.`,
  };
}

/** Why nothing closed, and what would change it. */
function noneWords({ run, openProfit }: RunFacts): string {
  if (openProfit !== 0)
    return say`What was bought or sold is still open. Add an exit, or close at the end.`;
  if (run.droppedEntries > 0)
    return say`The rules asked for entries and none could be made. Allow fractions of a unit, more money or leverage.`;
  return say`The rules never bought and sold. Loosen a condition, or use more bars.`;
}

function sample(facts: RunFacts): HonestyNote | null {
  const count = facts.run.roundTrips;
  if (count >= ENOUGH) return null;
  if (count === 0) {
    return {
      id: 'none',
      level: 'serious',
      title: say`No round trip closed`,
      text: noneWords(facts),
    };
  }
  return {
    id: 'few',
    level: count < FEW ? 'serious' : 'caution',
    title: say`Only ${countText(count, 'round trip')}`,
    text: say`With fewer than ${count < FEW ? FEW : ENOUGH}, luck explains almost any figure here.`,
  };
}

function costs({ run, hasAsk }: RunFacts): HonestyNote | null {
  const { commission, spread, slippage } = run.settings;
  const { fixed, rate, perLot, minimum } = commission;
  const noCommission = fixed === 0 && rate === 0 && perLot === 0 && minimum === 0;
  const spreadSet = spread.rate > 0 || spread.points > 0 || spread.column;
  const slips = slippage.kind !== 'none' && slippage.points > 0;
  // Of a deleted series nobody knows whether its prices held the spread.
  const noSpread = !spreadSet && !slips && hasAsk === false;
  if (!noCommission && !noSpread) return null;
  const both = noCommission && noSpread;
  if (both) {
    return {
      id: 'free',
      level: 'serious',
      title: say`Traded for free`,
      text: say`No commission, no spread. No account trades like this; set both before believing it.`,
    };
  }
  return {
    id: 'cheap',
    level: 'caution',
    title: noCommission ? say`No commission` : say`No spread or slippage`,
    text: noCommission
      ? say`Many accounts charge one on each side.`
      : say`Entries filled at the very price of the bar. Real ones are worse.`,
  };
}

const pathWords: Record<Run['settings']['path'], string> = {
  pessimistic: say`each counts as stopped, the worse case`,
  optimistic: say`each counts as won, the better case`,
  adaptive: say`the extreme nearer to the open was taken to come first`,
  lowerTimeframe: say`the smaller bars inside held both too, or were missing, and the worse case was taken`,
  ticks: say`where ticks were missing, the worse case was taken`,
};

/** How far the result could move, with its end of the band. */
function bandWords({ band, settings }: Run): string {
  if (!band) return '';
  const returned = (equity: number) => percentText(100 * (equity / settings.cash - 1), true);
  return say` The return is between ${returned(band.worstEquity)} and ${returned(band.bestEquity)}.`;
}

/** Bars of which nothing is known inside, though the run asked for it. */
function uncovered({ run }: RunFacts): HonestyNote | null {
  const { inner } = run;
  if (!inner || inner.covered === inner.bars) return null;
  const missing = inner.bars - inner.covered;
  const share = (100 * missing) / inner.bars;
  return {
    id: 'uncovered',
    level: share >= 10 ? 'serious' : 'caution',
    title: say`${countText(missing, 'bar')} without prices inside`,
    text: say`The run was to follow ${run.settings.path === 'ticks' ? say`ticks` : say`smaller bars`}; in ${percentText(share)} of its bars there were none, and the worse way was taken.`,
  };
}

function ambiguous({ run }: RunFacts): HonestyNote | null {
  const count = run.ambiguousRoundTrips;
  if (count === 0) return null;
  const share = Math.round((100 * count) / Math.max(1, run.roundTrips));
  return {
    id: 'ambiguous',
    level: share >= 10 ? 'serious' : 'caution',
    title: say`${countText(count, 'bar')} held both stop and target`,
    text: say`Which came first is not known; ${pathWords[run.settings.path]}. ${share} % of round trips.${bandWords(run)}`,
  };
}

function dropped({ run }: RunFacts): HonestyNote | null {
  const count = run.droppedEntries;
  if (count === 0) return null;
  return {
    id: 'dropped',
    level: 'caution',
    title: say`${countText(count, 'entry', 'entries')} could not be made`,
    text: say`Not enough money for one unit, no stop to size the risk by, or an order without a price or with a stop or target on the wrong side of it.`,
  };
}

function capped({ run, capped: count }: RunFacts): HonestyNote | null {
  if (count === 0) return null;
  const all = run.roundTrips;
  return {
    id: 'capped',
    level: 2 * count >= all ? 'serious' : 'caution',
    title: say`${countText(count, 'position')} risked less than asked`,
    text: say`The stop was so near that the money afforded no more units: these risked less than the rules say. More leverage, or a wider stop, comes closer.`,
  };
}

function currency({ run }: RunFacts): HonestyNote | null {
  const quote = priceCurrency(seriesSymbol(run.seriesId));
  if (quote === null) return null;
  return {
    id: 'currency',
    level: 'caution',
    title: say`Money is in ${quote}`,
    text: say`The currency of the prices. The starting money was ${run.settings.cash.toLocaleString('en')} ${quote}; nothing is converted, so an account in another currency would have traded other sizes.`,
  };
}

function leverage({ run }: RunFacts): HonestyNote | null {
  if (run.settings.margin >= 1 || run.settings.stopOut !== null) return null;
  return {
    id: 'leverage',
    level: 'caution',
    title: say`Leverage 1:${Number((1 / run.settings.margin).toPrecision(4))}`,
    text: say`A broker would close positions when margin runs out; without a stop-out level this run only stops at zero equity.`,
  };
}

function sameBar({ run }: RunFacts): HonestyNote | null {
  if (run.settings.fill !== 'close') return null;
  return {
    id: 'close',
    level: 'caution',
    title: say`Filled at the close that gave the signal`,
    text: say`Nobody can see a close and still trade at it. The next open is the safer assumption.`,
  };
}

function openEnd({ openProfit }: RunFacts): HonestyNote | null {
  if (openProfit === 0) return null;
  return {
    id: 'open',
    level: 'caution',
    title: say`A position is still open at the end`,
    text: say`Its floating profit is in the return, and in no round trip.`,
  };
}

function outOfSample(): HonestyNote {
  return {
    id: 'in-sample',
    level: 'caution',
    title: say`Nothing held back`,
    text: say`Rules, inputs and result saw the same bars. Tuning on them makes any figure look better than it is.`,
  };
}

const rules: readonly Rule[] = [
  ruin,
  sample,
  costs,
  ambiguous,
  uncovered,
  sameBar,
  currency,
  leverage,
  dropped,
  capped,
  openEnd,
  outOfSample,
];

/** Notes on a run, the serious ones first. */
export function honestyNotes(facts: RunFacts): readonly HonestyNote[] {
  const notes = rules.flatMap((rule) => rule(facts) ?? []);
  const rank = { serious: 0, caution: 1 };
  return notes.toSorted((a, b) => rank[a.level] - rank[b.level]);
}
