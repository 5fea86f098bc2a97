/** Time zones by the words of those whose files are written in them. */
import { say } from './language.ts';

/** Server time of most MetaTrader brokers: its day ends at 17:00 in New York. */
export const brokerZone = 'America/New_York+07:00';

export const commonZones: readonly { readonly value: string; readonly label: string }[] = [
  { value: 'UTC', label: 'UTC' },
  { value: brokerZone, label: say`Broker server, GMT+2/+3 (most MetaTrader)` },
  { value: 'Europe/Athens', label: say`EET, Athens (GMT+2/+3, European summer time)` },
  { value: '-05:00', label: say`EST without summer time (HistData)` },
  { value: 'America/New_York', label: say`New York` },
  { value: 'America/Chicago', label: say`Chicago` },
  { value: 'Europe/London', label: say`London` },
  { value: 'Europe/Berlin', label: say`Frankfurt, Paris, Zürich` },
  { value: 'Asia/Tokyo', label: say`Tokyo` },
  { value: 'Australia/Sydney', label: say`Sydney` },
];

/** `New York`, `Broker server, …`, or the zone's own name. */
export function zoneText(zone: string): string {
  return commonZones.find((each) => each.value === zone)?.label ?? zone.replaceAll('_', ' ');
}

/** Whether the browser or our own notation knows the zone. */
export function isZone(zone: string): boolean {
  if (commonZones.some((each) => each.value === zone)) return true;
  if (/^[+-](0\d|1[0-4]):[0-5]\d$/.test(zone)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone !== '';
  } catch {
    return false;
  }
}
