/** How long a bar lasts: `M1`, `H4`, `D1`, `W1`, `MN1`, and any other number of minutes or hours. */

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
export const WEEK_MS = 7 * DAY_MS;
/** The nominal month of `MN1`; real months last 28 to 31 days. */
const MONTH_MS = 30 * DAY_MS;

const unitMs: Readonly<Record<string, number>> = {
  M: MINUTE_MS,
  H: HOUR_MS,
  D: DAY_MS,
  W: WEEK_MS,
  MN: MONTH_MS,
};

/** Length of one bar in milliseconds; null when `timeframe` is not the name of one. */
export function timeframeMs(timeframe: string): number | null {
  const match = /^(MN|M|H|D|W)([1-9]\d{0,3})$/.exec(timeframe);
  return match && unitMs[match[1]!]! * Number(match[2]);
}

/**
 * The one name of a timeframe however it is written (`1h`, `h1`, `60`, `M60`, `Daily` → `H1`,
 * `D1`); null when the text names none. A bare number counts minutes, as TradingView writes it.
 */
export function parseTimeframe(text: string): string | null {
  const word = text.trim();
  const named = names[word.toLowerCase()];
  if (named !== undefined) return named;
  if (/^[1-9]\d{0,3}$/.test(word)) return nameOf(Number(word) * MINUTE_MS);
  const front = /^(mn|m|h|d|w)([1-9]\d{0,3})$/i.exec(word);
  if (front) return nameOf(unitMs[front[1]!.toUpperCase()]! * Number(front[2]));
  const back = /^([1-9]\d{0,3})\s?(m|min|mins|minute|h|hr|hour|d|day|w|week|mo|month)s?$/i.exec(
    word,
  );
  if (!back) return null;
  const unit = back[2]!.toLowerCase();
  const key = unit.startsWith('mo') ? 'MN' : unit[0]!.toUpperCase();
  return nameOf(unitMs[key]! * Number(back[1]));
}

const names: Readonly<Record<string, string>> = {
  minute: 'M1',
  hourly: 'H1',
  hour: 'H1',
  daily: 'D1',
  day: 'D1',
  d: 'D1',
  weekly: 'W1',
  week: 'W1',
  w: 'W1',
  monthly: 'MN1',
  month: 'MN1',
};

/** The name of a bar length; null when no timeframe lasts that long. */
export function nameOf(lengthMs: number): string | null {
  if (lengthMs <= 0) return null;
  if (lengthMs % MONTH_MS === 0) return `MN${lengthMs / MONTH_MS}`;
  if (lengthMs % WEEK_MS === 0) return `W${lengthMs / WEEK_MS}`;
  if (lengthMs % DAY_MS === 0) return `D${lengthMs / DAY_MS}`;
  if (lengthMs % HOUR_MS === 0 && lengthMs < DAY_MS) return `H${lengthMs / HOUR_MS}`;
  if (lengthMs % MINUTE_MS === 0 && lengthMs < HOUR_MS) return `M${lengthMs / MINUTE_MS}`;
  return null;
}

/**
 * The timeframe of bars that open at `timesMs`, told by their most frequent distance; null
 * when there are fewer than two bars or the distance is nobody's timeframe.
 *
 * Hours, days, weeks and months are recognised although summer time and months vary in length.
 */
export function inferTimeframe(timesMs: Float64Array): string | null {
  const distance = commonestDistanceMs(timesMs);
  if (distance === null) return null;
  if (distance >= 28 * DAY_MS && distance <= 31 * DAY_MS) return 'MN1';
  const nearDay = Math.round(distance / DAY_MS) * DAY_MS;
  if (nearDay > 0 && Math.abs(distance - nearDay) <= HOUR_MS) {
    const days = nearDay / DAY_MS;
    return days === 1 ? 'D1' : days === 7 ? 'W1' : null;
  }
  return distance < DAY_MS ? nameOf(distance) : null;
}

/** A sample is enough: the distance that is most frequent there is so elsewhere. */
const SAMPLE = 50_000;

function commonestDistanceMs(timesMs: Float64Array): number | null {
  const counts = new Map<number, number>();
  const to = Math.min(timesMs.length, SAMPLE);
  for (let i = 1; i < to; i++) {
    const distance = timesMs[i]! - timesMs[i - 1]!;
    counts.set(distance, (counts.get(distance) ?? 0) + 1);
  }
  let best: number | null = null;
  let bestCount = 0;
  for (const [distance, count] of counts) {
    if (count > bestCount || (count === bestCount && best !== null && distance < best)) {
      best = distance;
      bestCount = count;
    }
  }
  return best;
}

/**
 * Whether bars at `timesMs` can be bars of `timeframe`: none opens before the one before it has
 * closed, and most are not several bars apart.
 */
export function timeframeFits(timesMs: Float64Array, timeframe: string): boolean {
  const lengthMs = timeframeMs(timeframe);
  if (lengthMs === null) return false;
  const slackMs = timeframeSlackMs(timeframe);
  for (let i = 1; i < timesMs.length; i++) {
    if (timesMs[i]! - timesMs[i - 1]! < lengthMs - slackMs) return false;
  }
  if (timesMs.length < 20) return true;
  const inferred = inferTimeframe(timesMs);
  return inferred === null || timeframeMs(inferred)! <= lengthMs + slackMs;
}

/**
 * How much longer or shorter than its timeframe a bar may last: summer time changes a day by an
 * hour, a month has 28 to 31 days.
 */
export function timeframeSlackMs(timeframe: string): number {
  const lengthMs = timeframeMs(timeframe) ?? 0;
  return lengthMs >= MONTH_MS ? lengthMs / 10 : lengthMs >= DAY_MS ? HOUR_MS : 0;
}
