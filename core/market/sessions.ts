/** The working hours of the currency market's centres, by the clocks of each place. */
export type SessionName = 'sydney' | 'tokyo' | 'london' | 'newyork';

export interface MarketSession {
  readonly name: SessionName;
  readonly zone: string;
  /** From midnight of the place. */
  readonly fromMs: number;
  readonly lengthMs: number;
}

const hourMs = 3_600_000;

/** The same as the names of sessions in the rule language, from east to west. */
export const marketSessions: readonly MarketSession[] = [
  session('sydney', 'Australia/Sydney', 7),
  session('tokyo', 'Asia/Tokyo', 9),
  session('london', 'Europe/London', 8),
  session('newyork', 'America/New_York', 8),
];

function session(name: SessionName, zone: string, fromHour: number): MarketSession {
  return { name, zone, fromMs: fromHour * hourMs, lengthMs: 9 * hourMs };
}
