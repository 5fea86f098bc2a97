/** Columns of a bot's trades, and of its trades beside those of the backtest. */
import type { BotTrip } from '#core/automation/bot-book.ts';
import { driftCauses, type DriftLine } from '#core/automation/drift.ts';
import { causeWords, driftWords, leavingWords, reasonWords } from '#lib/bots/words.ts';
import type { Column } from '#lib/ui/table.ts';
import { none, numberText, signedText } from '#lib/words/numbers.ts';
import { timeText, type TimeDisplay } from '#lib/words/times.ts';

const toneOf = (money: number | null) =>
  money === null || money === 0 ? undefined : money < 0 ? 'down' : 'up';

export function tripColumns(times: TimeDisplay): readonly Column<BotTrip>[] {
  const time = (ms: number) => timeText(ms, times, { seconds: true });
  return [
    {
      id: 'side',
      label: 'Side',
      value: ({ side }) => side,
      text: ({ side }) => (side === 1 ? '▲ Long' : '▼ Short'),
    },
    { id: 'lots', label: 'Lots', number: true, value: ({ lots }) => lots },
    { id: 'in', label: 'In', value: ({ entryMs }) => entryMs, text: (trip) => time(trip.entryMs) },
    { id: 'at', label: 'In at', number: true, value: ({ entryPrice }) => entryPrice },
    {
      id: 'out',
      label: 'Out',
      minor: true,
      value: ({ exitMs }) => exitMs,
      text: (trip) => time(trip.exitMs),
    },
    { id: 'outAt', label: 'Out at', number: true, value: ({ exitPrice }) => exitPrice },
    {
      id: 'why',
      label: 'By',
      minor: true,
      value: ({ reason }) => reason,
      text: ({ reason }) => leavingWords[reason],
    },
    {
      id: 'profit',
      label: 'Result',
      number: true,
      amount: true,
      value: ({ profit }) => profit,
      text: ({ profit }) => signedText(profit),
      tone: ({ profit }) => toneOf(profit),
    },
  ];
}

export function driftColumns(times: TimeDisplay): readonly Column<DriftLine>[] {
  return [
    {
      id: 'bar',
      label: 'Bar',
      value: ({ barMs }) => barMs,
      text: ({ barMs }) => timeText(barMs, times, { seconds: true }),
    },
    {
      id: 'kind',
      label: 'Beside the backtest',
      value: ({ kind }) => kind,
      text: (line) => `${driftWords[line.kind]}${laterText(line)}`,
      tone: ({ kind }) => (kind === 'same' ? 'quiet' : kind === 'differs' ? undefined : 'warning'),
    },
    {
      id: 'entry',
      label: 'Entry worse',
      unit: 'points',
      number: true,
      value: ({ entryPoints }) => entryPoints,
      text: ({ entryPoints }) => pointsText(entryPoints),
    },
    {
      id: 'exit',
      label: 'Exit worse',
      unit: 'points',
      number: true,
      value: ({ exitPoints }) => exitPoints,
      text: ({ exitPoints }) => pointsText(exitPoints),
    },
    money('backtest', 'Backtest', ({ simulated }) => simulated?.profit ?? null),
    money('bot', 'Bot', ({ live }) => live?.profit ?? null),
    {
      id: 'because',
      label: 'Because',
      unsortable: true,
      value: becauseText,
    },
  ];
}

function money(
  id: string,
  label: string,
  value: (line: DriftLine) => number | null,
): Column<DriftLine> {
  return {
    ...{ id, label, number: true, amount: true, value },
    text: (line) => signedText(value(line)),
    tone: (line) => toneOf(value(line)),
  };
}

const pointsText = (points: number | null): string =>
  points === null ? none : numberText(points, Number.isInteger(points) ? 0 : 1);

const laterText = ({ laterBars }: DriftLine): string =>
  laterBars === 0 ? '' : `, ${laterBars} ${laterBars === 1 ? 'bar' : 'bars'} later`;

/** `Spread −0.16, commission −0.14`. */
export function becauseText(line: DriftLine): string {
  if (line.reason !== null) return reasonWords(line.reason);
  const parts = driftCauses.flatMap((cause) => {
    const part = line.money[cause];
    return part === undefined || Math.abs(part) < 0.005
      ? []
      : [`${causeWords[cause]} ${signedText(part)}`];
  });
  return parts.join(', ');
}
