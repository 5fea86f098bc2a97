/** What the first page shows to who trades, fetched together once somebody does. */
import AccountsToday from './AccountsToday.svelte';
import AlertsToday from './AlertsToday.svelte';
import BotsToday from './BotsToday.svelte';
import TodayHead from './TodayHead.svelte';

export const todayParts = { AccountsToday, AlertsToday, BotsToday, TodayHead } as const;
export type TodayParts = typeof todayParts;
