/** What the report on paper says, in words: heads, figures, tables; `pdf-paper.ts` puts it on pages. */
import type { TripGroup, TripReport } from '#core/journal/trip-report.ts';
import type { GroupKind } from '#core/journal/group-kinds.ts';
import type { PdfCell, PdfColumn } from '#core/pdf/pdf-sheet.ts';
import type { JournalTrip, TripWindow } from '#workers/journal/api.ts';
import { say } from '../words/language.ts';
import { countText, none, numberText } from '../words/numbers.ts';
import { lotsText, sideWords } from '../words/orders.ts';
import { timeText, zoneLabel, type TimeDisplay } from '../words/times.ts';
import { dots } from '../words/without-money.ts';
import { keyText, kindWords, type GroupNames } from './group-words.ts';
import { leftOutNote } from './left-out.ts';
import { moneyText, priceDigits, rateText, rText, toneOf, tripPriceText } from './trip-words.ts';
import { baseText, unitText, unitWords } from './unit-words.ts';

export interface PaperAsk {
  readonly report: TripReport;
  readonly window: TripWindow;
  readonly names: GroupNames;
  readonly times: TimeDisplay;
  readonly madeMs: number;
  /** What the trader calls it; may be empty. */
  readonly by: string;
  /** The filter in words; empty where all is shown. */
  readonly filter: string;
  readonly hidesAmounts: boolean;
}

export interface PaperTable {
  readonly title: string;
  readonly columns: readonly PdfColumn[];
  readonly rows: readonly (readonly PdfCell[])[];
  /** Below it; empty where there is nothing to say. */
  readonly note: string;
}
type Fact = readonly [name: string, cell: PdfCell];

export interface Paper {
  readonly title: string;
  readonly head: readonly Fact[];
  readonly note: string;
  readonly figures: readonly Fact[];
  /** A result in its unit, with dots for what is hidden. */
  readonly text: (value: number | null) => string;
  readonly tables: readonly PaperTable[];
  readonly trips: PaperTable | null;
  readonly foot: (page: number, pages: number) => string;
}

/** What a mentor asks for first; each only where there is more than one group in it. */
const printedKinds: readonly GroupKind[] = [
  ...(['symbol', 'side', 'weekday', 'hour', 'session', 'held', 'tag'] as const),
  ...(['playbook', 'mistake', 'news', 'account'] as const),
];
const mostGroups = 24;

export function reportPaper(ask: PaperAsk): Paper {
  const { report, times, madeMs, by, names } = ask;
  const isVeiled = ask.hidesAmounts && report.unit === 'money';
  const text = (value: number | null) =>
    value === null ? none : isVeiled ? dots : unitText(value, report.unit, report.currency);
  const kinds = printedKinds.filter((kind) => report.groups[kind].length > 1);
  return {
    title: say`Trading report`,
    head: headOf(ask),
    note: noteOf(ask),
    figures: figuresOf(report, text),
    text,
    tables: [
      groupTable('month', report.groups.month, { names, text, title: say`By month` }),
      ...kinds.map((kind) =>
        groupTable(kind, report.groups[kind], { names, text, title: kindWords[kind] }),
      ),
    ],
    trips: ask.window.trips.length === 0 ? null : tripTable(ask),
    foot: (page, pages) => {
      const made = `${timeText(madeMs, times)} ${zoneLabel(times)}`;
      return say`Page ${page} of ${pages} · ${by ? `${by} · ` : ''}made with Offing, ${made}`;
    },
  };
}

function noteOf({ report, hidesAmounts }: PaperAsk): string {
  const { base, currency } = report;
  const of = base === null ? '' : baseText(base, currency, hidesAmounts);
  return `${of} ${leftOutNote(report)}`.trim();
}

function headOf({ report, by, filter, names, times, madeMs }: PaperAsk): readonly Fact[] {
  const { curve } = report;
  const day = (ms: number | undefined) =>
    ms === undefined ? none : timeText(ms, times, { dateOnly: true });
  const accounts = report.groups.account.map(({ key }) => names.account(key));
  const unit =
    report.unit === 'money' ? (report.currency ?? say`not told`) : unitWords[report.unit];
  const fact = (name: string, text: string): Fact => [name, { text }];
  return [
    ...(by ? [fact(say`Trader`, by)] : []),
    fact(say`Accounts`, accounts.join(', ')),
    fact(
      say`Closed between`,
      say`${day(curve.timesMs[0])} and ${day(curve.timesMs[curve.timesMs.length - 1])}`,
    ),
    fact(say`Times in`, zoneLabel(times)),
    fact(say`Counted in`, unit),
    fact(say`Made on`, timeText(madeMs, times)),
    ...(filter ? [fact(say`Only`, filter)] : []),
  ];
}

function figuresOf(
  report: TripReport,
  text: (value: number | null) => string,
): readonly (readonly [string, PdfCell])[] {
  const { whole, curve, streaks } = report;
  const band = whole.expectancyBand;
  return [
    [say`Net result`, { text: text(whole.net), tone: toneOf(whole.net) }],
    [say`Round trips`, { text: numberText(whole.trips) }],
    [say`Won`, { text: rateText(whole.won, whole.trips) }],
    [say`Profit factor`, { text: factorText(whole.profitFactor) }],
    [say`Expectancy`, { text: text(whole.expectancy), tone: toneOf(whole.expectancy) }],
    [
      say`True expectancy between`,
      { text: band ? say`${text(band.low)} and ${text(band.high)}` : none },
    ],
    [say`Expectancy in R`, { text: rText(whole.expectancyR) }],
    [say`Mean win / loss`, { text: `${text(whole.meanWin)} / ${text(whole.meanLoss)}` }],
    [say`Deepest fall`, { text: text(0 - curve.deepestFall) }],
    [say`Longest streaks`, { text: say`${streaks.longestWon} won, ${streaks.longestLost} lost` }],
  ];
}

const factorText = (factor: number | null) => (factor === null ? none : numberText(factor, 2));

interface GroupWords {
  readonly title: string;
  readonly names: GroupNames;
  readonly text: (value: number | null) => string;
}

function groupTable(
  kind: GroupKind,
  groups: readonly TripGroup[],
  { title, names, text }: GroupWords,
): PaperTable {
  const shown = groups
    .slice(kind === 'month' ? -120 : 0)
    .slice(0, kind === 'month' ? 120 : mostGroups);
  const left = groups.length - shown.length;
  return {
    title,
    columns: [
      { label: kindWords[kind], share: 3 },
      { label: say`Round trips`, share: 1.3, isNumber: true },
      { label: say`Won`, share: 1, isNumber: true },
      { label: say`Net result`, share: 2, isNumber: true },
      { label: say`Expectancy`, share: 2, isNumber: true },
      { label: say`Profit factor`, share: 1.5, isNumber: true },
      { label: say`Expectancy in R`, share: 1.7, isNumber: true },
    ],
    rows: shown.map((group) => [
      { text: keyText(kind, group.key, names) },
      { text: numberText(group.trips) },
      { text: rateText(group.won, group.trips) },
      { text: text(group.net), tone: toneOf(group.net) },
      { text: text(group.expectancy), tone: toneOf(group.expectancy) },
      { text: factorText(group.profitFactor) },
      { text: rText(group.expectancyR) },
    ]),
    note: left > 0 ? say`${numberText(left)} more groups are in the journal.` : '',
  };
}

function tripTable({ window, times, hidesAmounts }: PaperAsk): PaperTable {
  const { trips, count } = window;
  const digits = priceDigits(trips);
  const left = count - trips.length;
  const time = (ms: number | null) => (ms === null ? say`open` : timeText(ms, times));
  const money = ({ net, currency }: JournalTrip) =>
    hidesAmounts ? dots : moneyText(net, currency);
  return {
    title: say`Round trips`,
    columns: [
      { label: say`Closed`, share: 2.5 },
      { label: say`Symbol`, share: 1.7 },
      { label: say`Side`, share: 1 },
      { label: say`Lots`, share: 1, isNumber: true },
      { label: say`In at`, share: 1.5, isNumber: true },
      { label: say`Out at`, share: 1.5, isNumber: true },
      { label: say`Result`, share: 2.2, isNumber: true },
      { label: 'R', share: 1.2, isNumber: true },
      { label: say`Tags`, share: 2.2 },
    ],
    rows: trips.map((trip) => [
      { text: time(trip.closedMs) },
      { text: trip.symbol },
      { text: sideWords[trip.side] },
      { text: lotsText(trip.volumeLots) },
      { text: tripPriceText(trip.entryPrice, digits.get(trip.symbol)) },
      { text: tripPriceText(trip.exitPrice, digits.get(trip.symbol)) },
      { text: money(trip), tone: toneOf(trip.net) },
      { text: rText(trip.r), tone: toneOf(trip.r) },
      { text: trip.tags.join(', ') },
    ]),
    note:
      left > 0
        ? say`The newest ${numberText(trips.length)}; ${countText(left, 'round trip')} more are in the journal.`
        : '',
  };
}
