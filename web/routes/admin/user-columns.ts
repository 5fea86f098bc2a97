/** The columns of the list of accounts. */
import type { UserRow } from '#lib/account/api.ts';
import { roleWords } from '#lib/account/role-words.ts';
import type { Column } from '#lib/ui/table.ts';
import { timeText, type TimeDisplay } from '#lib/words/times.ts';

export const userColumns = (times: TimeDisplay): readonly Column<UserRow>[] => [
  { id: 'email', label: 'E-mail', value: (row) => row.email },
  { id: 'name', label: 'Name', minor: true, value: (row) => row.displayName || null },
  { id: 'role', label: 'Role', value: (row) => roleWords[row.role].name },
  {
    id: 'confirmed',
    label: 'Address',
    minor: true,
    value: (row) => (row.emailVerified ? 'confirmed' : 'not confirmed'),
    tone: (row) => (row.emailVerified ? 'quiet' : 'warning'),
  },
  {
    id: 'second',
    label: 'Second step',
    minor: true,
    value: (row) =>
      [
        row.totp ? 'app' : '',
        row.passkeys === 1 ? 'a passkey' : row.passkeys > 1 ? `${row.passkeys} passkeys` : '',
      ]
        .filter(Boolean)
        .join(', ') || 'none',
  },
  { id: 'sessions', label: 'Sessions', number: true, minor: true, value: (row) => row.sessions },
  {
    id: 'since',
    label: 'Since',
    minor: true,
    value: (row) => row.createdMs,
    text: (row) => timeText(row.createdMs, times, { dateOnly: true }),
  },
];
