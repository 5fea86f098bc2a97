/** Columns of the table of everything that was asked. */
import type { IntentView } from '#core/broker/views.ts';
import type { Column } from '#lib/ui/table.ts';
import { none } from '#lib/words/numbers.ts';
import { intentTitle, lotsText, originText, reasonText, stateWords } from '#lib/words/orders.ts';
import { timeText, zoneLabel, type TimeDisplay } from '#lib/words/times.ts';
import { say } from '#lib/words/language.ts';

export function sentColumns(times: TimeDisplay): readonly Column<IntentView>[] {
  return [
    {
      id: 'what',
      label: say`Order`,
      value: (row) => intentTitle(row.body),
    },
    { id: 'state', label: say`State`, value: (row) => stateWords(row.state).short, drawn: true },
    {
      id: 'filled',
      label: say`Filled`,
      unit: say`lots`,
      number: true,
      value: (row) => row.filledLots,
      text: (row) => (row.filledLots > 0 ? lotsText(row.filledLots) : none),
    },
    {
      id: 'price',
      label: say`At`,
      number: true,
      value: (row) => row.averagePrice,
      text: (row) => (row.averagePrice === null ? none : String(row.averagePrice)),
    },
    {
      id: 'time',
      label: say`Asked`,
      unit: zoneLabel(times),
      value: (row) => row.createdMs,
      text: (row) => timeText(row.createdMs, times, { seconds: true }),
    },
    {
      id: 'why',
      label: say`Why`,
      minor: true,
      value: (row) => [reasonText(row), originText(row.origin)].filter((text) => text).join(' · '),
      tone: () => 'quiet',
    },
  ];
}
