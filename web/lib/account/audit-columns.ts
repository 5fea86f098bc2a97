/** The columns of an audit trail, an account's own or another's. */
import type { AuditEntry } from './api.ts';
import { auditDetailWords, auditWords } from './audit-words.ts';
import type { Column } from '../ui/table.ts';
import { timeText, zoneLabel, type TimeDisplay } from '../words/times.ts';
import { say } from '../words/language.ts';

const actors: Readonly<Record<AuditEntry['actor'], string>> = {
  you: say`the account`,
  server: say`the server`,
  support: 'support',
};

export const auditColumns = (times: TimeDisplay): readonly Column<AuditEntry>[] => [
  {
    id: 'time',
    label: say`Time`,
    unit: zoneLabel(times),
    value: (row) => row.atMs,
    text: (row) => timeText(row.atMs, times, { seconds: true }),
  },
  { id: 'action', label: say`What happened`, value: (row) => auditWords(row.action) },
  { id: 'detail', label: say`Particulars`, value: (row) => auditDetailWords(row.detail) },
  { id: 'actor', label: say`By`, minor: true, value: (row) => actors[row.actor] },
  { id: 'device', label: say`Device`, minor: true, value: (row) => textOf(row, 'device') },
  { id: 'address', label: say`From`, minor: true, value: (row) => textOf(row, 'address') },
  { id: 'seq', label: say`No.`, number: true, minor: true, value: (row) => row.seq },
];

function textOf({ detail }: AuditEntry, name: string): string | null {
  const value = detail?.[name];
  return value === undefined ? null : String(value);
}
