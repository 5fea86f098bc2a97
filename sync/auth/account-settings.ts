/** The choices that follow an account between devices, kept as one value. */
import { eq } from 'drizzle-orm';
import { ownRowFinder, ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { userSettings } from '../schema/users.ts';

export interface AccountSettings {
  readonly value: Record<string, unknown>;
  readonly changedMs: number;
}

export type FindSettings = (userId: string) => Promise<AccountSettings | null>;

export const preferences = 'preferences';
const isPreferences = eq(userSettings.key, preferences);

/** Reads the settings, those of all who ask at the same time in one statement. */
export function settingsFinder(queries: Queries): FindSettings {
  const find = ownRowFinder(queries, userSettings, isPreferences);
  return async (userId) => readRow(await find(userId));
}

/** The same within a transaction. */
export async function settingsOf(
  queries: Queries,
  userId: string,
): Promise<AccountSettings | null> {
  return readRow(await ownRows(queries, userId).one(userSettings, { where: isPreferences }));
}

function readRow(row: typeof userSettings.$inferSelect | null): AccountSettings | null {
  return row && { value: row.value as Record<string, unknown>, changedMs: row.changedMs };
}
