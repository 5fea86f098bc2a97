/** Times and spans of time as people read them: in UTC, the device's own zone, or another one. */
import { findZone } from '#core/market/zone.ts';
import { say } from './language.ts';

/** `zone:` is followed by a zone as `core/market/zone.ts` writes them: `zone:Asia/Tokyo`. */
export type TimeDisplay = 'utc' | 'local' | `zone:${string}`;

export const monthNames: readonly string[] =
  say`Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec`.split(' ');
/** From Monday. */
export const weekdayNames: readonly string[] = say`Mon Tue Wed Thu Fri Sat Sun`.split(' ');

/** `2014-05-08 13:05`, without the clock when `dateOnly`. */
export function timeText(
  ms: number,
  display: TimeDisplay,
  { dateOnly = false, seconds = false } = {},
): string {
  const text = new Date(ms + aheadMs(ms, display)).toISOString();
  const length = dateOnly ? 10 : seconds ? 19 : 16;
  return text.slice(0, length).replace('T', ' ');
}

/** What stands over a column of times: `UTC`, `local`, `Tokyo`, `UTC+02:00`. */
export function zoneLabel(display: TimeDisplay): string {
  if (display === 'utc') return 'UTC';
  if (display === 'local') return say`local`;
  const zone = display.slice('zone:'.length);
  if (/^[+-]/.test(zone)) return `UTC${zone}`;
  // A place and an offset is what most brokers call their server's time.
  if (/[+-]\d{2}:\d{2}$/.test(zone)) return say`server`;
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}

/** `+03:00`, of how far a clock is ahead of UTC; null where nobody has heard it. */
export function zoneOfOffset(offsetMs: number | null | undefined): string | null {
  if (offsetMs === null || offsetMs === undefined) return null;
  // Measured over a line that takes a moment, of clocks that are set by the quarter of an hour.
  const minutes = Math.round(offsetMs / 900_000) * 15;
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`;
}

/** How far the shown clock is ahead of UTC at an instant; of a zone that nobody knows as UTC. */
export function aheadMs(ms: number, display: TimeDisplay): number {
  if (display === 'utc') return 0;
  if (display === 'local') return -new Date(ms).getTimezoneOffset() * 60_000;
  return offsetsOf(display.slice('zone:'.length))(ms);
}

/** Clocks are turned at full quarters of an hour, so one answer holds for all of a quarter. */
const quarterMs = 900_000;
const mostKept = 20_000;
const zones = new Map<string, (ms: number) => number>();

/** Asking for a zone's offset is slow, and a table asks for the same times again and again. */
function offsetsOf(id: string): (ms: number) => number {
  const known = zones.get(id);
  if (known) return known;
  const zone = findZone(id);
  const kept = new Map<number, number>();
  const offsets = (ms: number): number => {
    if (!zone.ok) return 0;
    const quarter = Math.floor(ms / quarterMs);
    let offsetMs = kept.get(quarter);
    if (offsetMs === undefined) {
      offsetMs = zone.value.offsetMsAt(quarter * quarterMs);
      if (kept.size >= mostKept) kept.clear();
      kept.set(quarter, offsetMs);
    }
    return offsetMs;
  };
  zones.set(id, offsets);
  return offsets;
}

/** `2014-05-01 to 2014-05-30` of the first and last time in UTC, or the one day that holds both. */
export function daysText(firstMs: number, lastMs: number): string {
  const [first, last] = [firstMs, lastMs].map((ms) => timeText(ms, 'utc', { dateOnly: true }));
  return first === last ? `${first}` : say`${first} to ${last}`;
}

const unitsMs = [365.25 * 86_400_000, 30.4375 * 86_400_000, 86_400_000, 3_600_000, 60_000, 1_000];
const spans = say`y mo d h min s`
  .split(' ')
  .map((unit, at): readonly [ms: number, unit: string] => [unitsMs[at]!, unit]);

/** The two largest units of a span: `3 d 4 h`, `12 s`, `40 ms`. */
export function durationText(ms: number): string {
  const from = spans.findIndex(([unitMs]) => Math.abs(ms) >= unitMs);
  const first = spans[from];
  if (!first) return say`${Math.round(ms)} ms`;
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
  if (passedMs < 60_000) return say`just now`;
  if (passedMs < 3_600_000) return say`${Math.floor(passedMs / 60_000)} min ago`;
  if (passedMs < 86_400_000) return say`${Math.floor(passedMs / 3_600_000)} h ago`;
  return timeText(ms, display, { dateOnly: true });
}
