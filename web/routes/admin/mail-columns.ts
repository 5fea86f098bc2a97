/** The columns of the outbox. */
import type { OutboxMail } from '#lib/account/api.ts';
import type { Column } from '#lib/ui/table.ts';
import { timeText, zoneLabel, type TimeDisplay } from '#lib/words/times.ts';
import { say } from '#lib/words/language.ts';

export const mailColumns = (times: TimeDisplay): readonly Column<OutboxMail>[] => [
  { id: 'subject', label: say`Subject`, value: (row) => row.subject ?? row.template },
  { id: 'to', label: say`To`, value: (row) => row.to },
  {
    id: 'written',
    label: say`Written`,
    unit: zoneLabel(times),
    minor: true,
    value: (row) => row.createdMs,
    text: (row) => timeText(row.createdMs, times, { seconds: true }),
  },
  {
    id: 'state',
    label: say`State`,
    minor: true,
    value: (row) => row.state,
    tone: (row) =>
      row.state === 'failed' ? 'danger' : row.state === 'queued' ? 'warning' : 'quiet',
  },
  { id: 'attempts', label: say`Tries`, number: true, minor: true, value: (row) => row.attempts },
];
