/** The columns of the list of accounts. */
import type { UserRow } from '#lib/account/api.ts';
import { roleWords } from '#lib/account/role-words.ts';
import type { Column } from '#lib/ui/table.ts';
import { timeText, type TimeDisplay } from '#lib/words/times.ts';
import { say } from '#lib/words/language.ts';

export const userColumns = (times: TimeDisplay): readonly Column<UserRow>[] => [
  { id: 'email', label: 'E-mail', value: (row) => row.email },
  { id: 'name', label: say`Name`, minor: true, value: (row) => row.displayName || null },
  { id: 'role', label: say`Role`, value: (row) => roleWords[row.role].name },
  {
    id: 'confirmed',
    label: say`Address`,
    minor: true,
    value: (row) => (row.emailVerified ? 'confirmed' : say`not confirmed`),
    tone: (row) => (row.emailVerified ? 'quiet' : 'warning'),
  },
  {
    id: 'second',
    label: say`Second step`,
    minor: true,
    value: (row) =>
      [
        row.totp ? 'app' : '',
        row.passkeys === 1 ? say`a passkey` : row.passkeys > 1 ? say`${row.passkeys} passkeys` : '',
      ]
        .filter(Boolean)
        .join(', ') || 'none',
  },
  { id: 'sessions', label: say`Sessions`, number: true, minor: true, value: (row) => row.sessions },
  {
    id: 'since',
    label: say`Since`,
    minor: true,
    value: (row) => row.createdMs,
    text: (row) => timeText(row.createdMs, times, { dateOnly: true }),
  },
];
