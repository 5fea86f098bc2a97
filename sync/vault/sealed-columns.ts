/**
 * Every column that the vault seals: what a rotation goes through, and what a value is bound to.
 *
 * A new sealed column is one line here. Its name in the database begins with `sealed_`.
 */
import type { Place } from './vault.ts';

export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The column that, beside `user_id`, names the row. */
  readonly row: string;
}

export const sealedColumns = {
  userKey: { table: 'user_keys', column: 'sealed_key', row: 'user_id' },
  totpSecret: { table: 'totp_factors', column: 'sealed_secret', row: 'user_id' },
  storedSecret: { table: 'stored_secrets', column: 'sealed_value', row: 'secret_id' },
  tradingToken: { table: 'trading_accounts', column: 'sealed_token', row: 'account_id' },
  pushSubscription: {
    table: 'push_subscriptions',
    column: 'sealed_subscription',
    row: 'subscription_id',
  },
  pushKey: { table: 'push_keys', column: 'sealed_key', row: 'user_id' },
  mailTokenDetail: { table: 'mail_tokens', column: 'sealed_detail', row: 'token_hash' },
  mailContent: { table: 'mails', column: 'sealed_content', row: 'mail_id' },
} as const satisfies Record<string, SealedColumn>;

export type SealedName = keyof typeof sealedColumns;

/** Where a value of this column stands; `row` is left out where the account alone names the row. */
export function placeOf(
  name: SealedName,
  at: { readonly userId: string; readonly row?: string },
): Place {
  const { table, column } = sealedColumns[name];
  return { tenant: at.userId, table, row: at.row ?? at.userId, column };
}
