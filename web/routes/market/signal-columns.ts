/** Columns of the table of signals. */
import {
  confidenceDetail,
  confidenceText,
  leastCases,
  reasonText,
} from '#lib/market/signal-words.ts';
import type { SignalRule } from '#core/signals/signal.ts';
import type { SpokenSignal } from '#core/signals/signals-of.ts';
import type { PricePlace } from '#lib/market/price-place.ts';
import type { Column } from '#lib/ui/table.ts';
import { barTimeText } from '#lib/market/bar-time.ts';
import { numberText } from '#lib/words/numbers.ts';
import type { TimeDisplay } from '#lib/words/times.ts';
import { say, sayKnown } from '#lib/words/language.ts';

export interface SignalRow {
  readonly key: string;
  readonly symbol: string;
  readonly place: PricePlace;
  readonly rule: SignalRule;
  readonly signal: SpokenSignal;
  readonly digits: number;
  /** The open of the bar that was looked at. */
  readonly asOfMs: number;
  readonly timeframe: string;
}

export function signalColumns(times: TimeDisplay): readonly Column<SignalRow>[] {
  return [
    { id: 'symbol', label: say`Symbol`, value: (row) => row.symbol },
    { id: 'signal', label: say`Signal`, value: (row) => sayKnown(row.rule.title) },
    {
      id: 'side',
      label: say`Points`,
      value: (row) => row.signal.side,
      text: (row) => (row.signal.side === 'up' ? say`▲ up` : say`▼ down`),
      tone: (row) => row.signal.side,
    },
    {
      id: 'strength',
      label: say`Strength`,
      about: say`Of 100. How clearly its rule holds now; the formula of each signal stands below the table.`,
      number: true,
      value: (row) => row.signal.strength,
      text: (row) => numberText(row.signal.strength),
    },
    {
      id: 'confidence',
      label: say`Confidence`,
      about: say`How often it was right on the past bars of this symbol; none below ${leastCases} cases.`,
      number: true,
      value: (row) => (row.signal.past.cases < leastCases ? null : row.signal.past.ratio),
      text: (row) => confidenceText(row.signal.past),
      tone: (row) => (row.signal.past.cases < leastCases ? 'quiet' : undefined),
    },
    {
      id: 'past',
      label: say`Counted`,
      about: say`Hits and cases, between which shares the true one lies (95 %), and what any bar gives.`,
      minor: true,
      value: (row) => row.signal.past.cases,
      text: (row) => confidenceDetail(row.signal.past),
      tone: () => 'quiet',
    },
    {
      id: 'since',
      label: say`Since`,
      unit: say`bars`,
      about: say`How many bars it has pointed there, the last closed one included.`,
      number: true,
      minor: true,
      value: (row) => row.signal.sinceBars + 1,
      text: (row) => numberText(row.signal.sinceBars + 1),
    },
    {
      id: 'why',
      label: say`Why`,
      minor: true,
      unsortable: true,
      value: (row) => reasonText(row.rule, row.signal, row.digits),
      tone: () => 'quiet',
    },
    {
      id: 'asOf',
      label: say`At the close of`,
      minor: true,
      value: (row) => row.asOfMs,
      text: (row) => barTimeText(row.asOfMs, row.timeframe, times),
      tone: () => 'quiet',
    },
  ];
}
