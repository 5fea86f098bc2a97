/** Times and spans of time as people read them, in UTC or in the device's own zone. */

export type TimeDisplay = 'utc' | 'local';

/** `2014-05-08 13:05`, without the clock when `dateOnly`. */
export function timeText(
  ms: number,
  display: TimeDisplay,
  { dateOnly = false, seconds = false } = {},
): string {
  const shown = display === 'utc' ? ms : ms - new Date(ms).getTimezoneOffset() * 60_000;
  const text = new Date(shown).toISOString();
  const length = dateOnly ? 10 : seconds ? 19 : 16;
  return text.slice(0, length).replace('T', ' ');
}

/** `2014-05-01 to 2014-05-30` of the first and last time in UTC, or the one day that holds both. */
export function daysText(firstMs: number, lastMs: number): string {
  const [first, last] = [firstMs, lastMs].map((ms) => timeText(ms, 'utc', { dateOnly: true }));
  return first === last ? `${first}` : `${first} to ${last}`;
}

const spans: readonly (readonly [ms: number, unit: string])[] = [
  [365.25 * 86_400_000, 'y'],
  [30.4375 * 86_400_000, 'mo'],
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
];

/** The two largest units of a span: `3 d 4 h`, `12 s`, `40 ms`. */
export function durationText(ms: number): string {
  const from = spans.findIndex(([unitMs]) => Math.abs(ms) >= unitMs);
  const first = spans[from];
  if (!first) return `${Math.round(ms)} ms`;
  const whole = Math.trunc(ms / first[0]);
  const second = spans[from + 1];
  const rest = second ? Math.trunc(Math.abs(ms % first[0]) / second[0]) : 0;
  return rest && second && whole < 20
    ? `${whole} ${first[1]} ${rest} ${second[1]}`
    : `${whole} ${first[1]}`;
}

/** `just now`, `12 min ago`, then the date. */
export function agoText(ms: number, nowMs: number, display: TimeDisplay): string {
  const passedMs = nowMs - ms;
  if (passedMs < 60_000) return 'just now';
  if (passedMs < 3_600_000) return `${Math.floor(passedMs / 60_000)} min ago`;
  if (passedMs < 86_400_000) return `${Math.floor(passedMs / 3_600_000)} h ago`;
  return timeText(ms, display, { dateOnly: true });
}
