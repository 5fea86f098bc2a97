/** MetaTrader 5, “Export bars”: tabs, names in angle brackets, times of the broker's server. */
import type { ColumnRole } from '../api.ts';
import { BROKER_ZONE, type Format } from '../layout.ts';

const roles: Readonly<Record<string, ColumnRole>> = {
  '<date>': 'date',
  '<time>': 'timeOfDay',
  '<open>': 'open',
  '<high>': 'high',
  '<low>': 'low',
  '<close>': 'close',
  '<tickvol>': 'tickVolume',
  '<vol>': 'volume',
  '<spread>': 'spread',
};

export const mt5: Format = {
  id: 'mt5',
  recognise({ header }) {
    if (!header?.includes('<date>') || !header.includes('<open>')) return null;
    return {
      roles: header.map((name) => roles[name] ?? 'ignore'),
      statedZone: null,
      suggestedZone: BROKER_ZONE,
    };
  },
};
