/** The columns of an audit trail, an account's own or another's. */
import type { AuditEntry } from './api.ts';
import { auditDetailWords, auditWords } from './audit-words.ts';
import type { Column } from '../ui/table.ts';
import { timeText, zoneLabel, type TimeDisplay } from '../words/times.ts';

const actors: Readonly<Record<AuditEntry['actor'], string>> = {
  you: 'the account',
  server: 'the server',
  support: 'support',
};

export const auditColumns = (times: TimeDisplay): readonly Column<AuditEntry>[] => [
  {
    id: 'time',
    label: 'Time',
    unit: zoneLabel(times),
    value: (row) => row.atMs,
    text: (row) => timeText(row.atMs, times, { seconds: true }),
  },
  { id: 'action', label: 'What happened', value: (row) => auditWords(row.action) },
  { id: 'detail', label: 'Particulars', value: (row) => auditDetailWords(row.detail) },
  { id: 'actor', label: 'By', minor: true, value: (row) => actors[row.actor] },
  { id: 'device', label: 'Device', minor: true, value: (row) => textOf(row, 'device') },
  { id: 'address', label: 'From', minor: true, value: (row) => textOf(row, 'address') },
  { id: 'seq', label: 'No.', number: true, minor: true, value: (row) => row.seq },
];

function textOf({ detail }: AuditEntry, name: string): string | null {
  const value = detail?.[name];
  return value === undefined ? null : String(value);
}
