/**
 * Dukascopy's historical data export, bars or ticks: `Gmt time` or, since 2023, `Time (EET)` and
 * `UTC`. Ticks have the ask before the bid.
 */
import { rolesByName } from '../column-names.ts';
import type { Format } from '../layout.ts';

const zones: Readonly<Record<string, string>> = {
  gmt: 'UTC',
  utc: 'UTC',
  'etc/utc': 'UTC',
  'etc/gmt': 'UTC',
  eet: 'EET',
  cet: 'CET',
  est: 'America/New_York',
};

export const dukascopy: Format = {
  id: 'dukascopy',
  recognise({ header }) {
    const first = header?.[0];
    const second = header?.[1] ?? '';
    if (first === undefined || !['open', 'ask', 'bid'].includes(second)) return null;
    const match = /^(?:(gmt|local) time|time \(([a-z/]+)\)|(utc|gmt|eet|cet|est))$/.exec(first);
    if (!match) return null;
    const zone = zones[match[1] ?? match[2] ?? match[3] ?? ''] ?? null;
    const roles = ['time', ...rolesByName(header!.slice(1))] as const;
    return { roles, statedZone: zone, suggestedZone: zone ?? 'UTC' };
  },
};
