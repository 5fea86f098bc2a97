/** Columns of a bot's trades, and of its trades beside those of the backtest. */
import type { BotTrip } from '#core/automation/bot-book.ts';
import { driftCauses, type DriftLine } from '#core/automation/drift.ts';
import { causeWords, driftWords, leavingWords, reasonWords } from '#lib/bots/words.ts';
import type { Column } from '#lib/ui/table.ts';
import { none, numberText, signedText } from '#lib/words/numbers.ts';
import { timeText, type TimeDisplay } from '#lib/words/times.ts';
import { say } from '#lib/words/language.ts';

const toneOf = (money: number | null) =>
  money === null || money === 0 ? undefined : money < 0 ? 'down' : 'up';

export function tripColumns(times: TimeDisplay): readonly Column<BotTrip>[] {
  const time = (ms: number) => timeText(ms, times, { seconds: true });
  return [
    {
      id: 'side',
      label: say`Side`,
      value: ({ side }) => side,
      text: ({ side }) => (side === 1 ? '▲ Long' : '▼ Short'),
    },
    { id: 'lots', label: say`Lots`, number: true, value: ({ lots }) => lots },
    {
      id: 'in',
      label: say`In`,
      value: ({ entryMs }) => entryMs,
      text: (trip) => time(trip.entryMs),
    },
    { id: 'at', label: say`In at`, number: true, value: ({ entryPrice }) => entryPrice },
    {
      id: 'out',
      label: say`Out`,
      minor: true,
      value: ({ exitMs }) => exitMs,
      text: (trip) => time(trip.exitMs),
    },
    { id: 'outAt', label: say`Out at`, number: true, value: ({ exitPrice }) => exitPrice },
    {
      id: 'why',
      label: say`By`,
      minor: true,
      value: ({ reason }) => reason,
      text: ({ reason }) => leavingWords[reason],
    },
    {
      id: 'profit',
      label: say`Result`,
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
      label: say`Bar`,
      value: ({ barMs }) => barMs,
      text: ({ barMs }) => timeText(barMs, times, { seconds: true }),
    },
    {
      id: 'kind',
      label: say`Beside the backtest`,
      value: ({ kind }) => kind,
      text: (line) => `${driftWords[line.kind]}${laterText(line)}`,
      tone: ({ kind }) => (kind === 'same' ? 'quiet' : kind === 'differs' ? undefined : 'warning'),
    },
    {
      id: 'entry',
      label: say`Entry worse`,
      unit: say`points`,
      number: true,
      value: ({ entryPoints }) => entryPoints,
      text: ({ entryPoints }) => pointsText(entryPoints),
    },
    {
      id: 'exit',
      label: say`Exit worse`,
      unit: say`points`,
      number: true,
      value: ({ exitPoints }) => exitPoints,
      text: ({ exitPoints }) => pointsText(exitPoints),
    },
    money('backtest', say`Backtest`, ({ simulated }) => simulated?.profit ?? null),
    money('bot', say`Bot`, ({ live }) => live?.profit ?? null),
    {
      id: 'because',
      label: say`Because`,
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
  laterBars === 0 ? '' : say`, ${laterBars} ${laterBars === 1 ? say`bar` : say`bars`} later`;

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
