/** What a card says of one round trip, or of all that a filter leaves. */
import { direction, isClosed } from '#core/journal/excursion.ts';
import type { TripReport } from '#core/journal/trip-report.ts';
import type { JournalTrip } from '#workers/journal/api.ts';
import { dayTitle } from '../words/dates.ts';
import { say } from '../words/language.ts';
import { none, numberText, signedText } from '../words/numbers.ts';
import { lotsText, sideWords } from '../words/orders.ts';
import { durationText, timeText, zoneLabel, type TimeDisplay } from '../words/times.ts';
import { dots } from '../words/without-money.ts';
import type { CardWords } from './card-picture.ts';
import { leftOutNote } from './left-out.ts';
import { moneyText, rateText, rText, toneOf, tripPriceText } from './trip-words.ts';
import { unitText } from './unit-words.ts';

/** In what a round trip is shown; all but money tell nothing of the size of an account. */
export type CardMeasure = 'money' | 'r' | 'percent';

/** The way of the price from entry to exit, > 0 where it earned; null while it is open. */
function wayPercent(trip: JournalTrip): number | null {
  if (!isClosed(trip)) return null;
  return (100 * (trip.exitPrice - trip.entryPrice) * direction(trip)) / trip.entryPrice;
}

const percentText = (value: number | null) => (value === null ? none : `${signedText(value, 2)} %`);

/** Those in which it can be told. */
export function measuresOf(trip: JournalTrip): readonly CardMeasure[] {
  return (['r', 'percent', 'money'] as const).filter((each) => valueOf(trip, each) !== null);
}

function valueOf(trip: JournalTrip, measure: CardMeasure): number | null {
  if (measure === 'money') return trip.net;
  return measure === 'r' ? trip.r : wayPercent(trip);
}

interface TripCard {
  readonly measure: CardMeasure;
  readonly times: TimeDisplay;
  readonly digits: number | undefined;
}

/** Sizes are money told otherwise: without it there are none. */
export function tripCard(trip: JournalTrip, { measure, times, digits }: TripCard): CardWords {
  const { symbol, side, volumeLots, openedMs, closedMs, isWhole } = trip;
  const value = valueOf(trip, measure);
  const isMoney = measure === 'money';
  const size = isMoney ? ` ${lotsText(volumeLots)}` : '';
  const held = isWhole && closedMs !== null ? durationText(closedMs - openedMs) : none;
  const text = isMoney
    ? moneyText(trip.net, trip.currency)
    : measure === 'r'
      ? rText(trip.r)
      : percentText(value);
  return {
    title: `${symbol} · ${sideWords[side]}${size}`,
    about: `${timeText(openedMs, times)} ${zoneLabel(times)}`,
    result: text,
    tone: toneOf(value),
    facts: [
      [say`In at`, tripPriceText(trip.entryPrice, digits)],
      [say`Out at`, tripPriceText(trip.exitPrice, digits)],
      [say`Held`, held],
      measure === 'r' ? [say`Way`, percentText(wayPercent(trip))] : ['R', rText(trip.r)],
    ],
    curve: null,
  };
}

interface ReportCardAsk {
  readonly times: TimeDisplay;
  readonly filter: string;
  readonly hidesAmounts: boolean;
}

/** In the unit of the report. */
export function reportCard(
  report: TripReport,
  { times, filter, hidesAmounts }: ReportCardAsk,
): CardWords {
  const { timesMs } = report.curve;
  const day = (ms: number | undefined) =>
    ms === undefined ? none : timeText(ms, times, { dateOnly: true });
  const [from, to] = [day(timesMs[0]), day(timesMs[timesMs.length - 1])];
  return {
    title: filter || say`Trading report`,
    about: from === to ? from : say`${from} to ${to}`,
    ...figures(report, hidesAmounts),
  };
}

/** Named one by one up to here. */
const mostSymbols = 5;

/** What was closed on a day such as `2026-11-27`, in the unit of its report. */
export function dayCard(
  report: TripReport,
  { day, hidesAmounts }: { readonly day: string; readonly hidesAmounts: boolean },
): CardWords {
  const symbols = report.groups.symbol.map(({ key }) => key);
  const named = symbols.slice(0, mostSymbols).join(', ');
  const about = symbols.length > mostSymbols ? `${named}, …` : named;
  const left = leftOutNote(report);
  return {
    title: dayTitle(day),
    about: left ? `${about} · ${left}` : about,
    ...figures(report, hidesAmounts),
  };
}

function figures(
  { whole, curve, unit, currency }: TripReport,
  hidesAmounts: boolean,
): Omit<CardWords, 'title' | 'about'> {
  const text = (value: number | null) =>
    hidesAmounts && unit === 'money' ? dots : unitText(value, unit, currency);
  return {
    result: text(whole.net),
    tone: toneOf(whole.net),
    facts: [
      [say`Round trips`, numberText(whole.trips)],
      [say`Won`, rateText(whole.won, whole.trips)],
      [say`Profit factor`, whole.profitFactor === null ? none : numberText(whole.profitFactor, 2)],
      [say`Expectancy`, text(whole.expectancy)],
    ],
    // One point is no curve, and would only make the result small.
    curve: curve.timesMs.length > 1 ? { timesMs: curve.timesMs, values: curve.sums } : null,
  };
}
