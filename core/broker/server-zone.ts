/**
 * The clock of a broker's server through the year: brokers say what time it is there now, and
 * past prices need to know what it was then.
 *
 * Most are two hours ahead of UTC and three in summer, on the days of New York, some on those of
 * Europe. Where what is measured now fits neither, the difference is taken not to change.
 */
import { findZone, wallToUtc, type Zone } from '../market/zone.ts';

const QUARTER_MS = 900_000;
/** The days of New York first: they are the usual ones. */
const usual: readonly string[] = ['America/New_York+07:00', 'Europe/Athens'];

/** `changes`: whether the broker's clock may change with the seasons. */
export function serverZone(
  measured: { readonly offsetMs: number; readonly nowMs: number },
  changes: 'with-seasons' | 'never',
): Zone {
  const offsetMs = Math.round(measured.offsetMs / QUARTER_MS) * QUARTER_MS;
  for (const id of changes === 'with-seasons' ? usual : []) {
    const zone = findZone(id);
    if (zone.ok && zone.value.offsetMsAt(measured.nowMs) === offsetMs) return zone.value;
  }
  return { id: `UTC+${offsetMs / 60_000}`, fixed: true, offsetMsAt: () => offsetMs };
}

/** UTC of rising times of the broker's clock, in their order; NaN where that time never was. */
export function utcOfServer(serverMs: readonly number[], zone: Zone): Float64Array {
  return wallToUtc(Float64Array.from(serverMs), zone).utcMs;
}

export function serverOfUtc(utcMs: number, zone: Zone): number {
  return utcMs + zone.offsetMsAt(utcMs);
}
