/**
 * MetaTrader 5, “Export bars” and “Export ticks”: tabs, names in angle brackets, times of the
 * broker's server. A tick has the side of the quote that it changed, the other is empty.
 */
import type { ColumnRole } from '../api.ts';
import { BROKER_ZONE, type Format } from '../layout.ts';

const ofTicks: Readonly<Record<string, ColumnRole>> = {
  '<date>': 'date',
  '<time>': 'timeOfDay',
  '<bid>': 'bid',
  '<ask>': 'ask',
};
const ofBars: Readonly<Record<string, ColumnRole>> = {
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
    if (!header?.includes('<date>')) return null;
    const isBar = header.includes('<open>');
    if (!isBar && !header.includes('<bid>')) return null;
    const roles = isBar ? ofBars : ofTicks;
    return {
      roles: header.map((name) => roles[name] ?? 'ignore'),
      statedZone: null,
      suggestedZone: BROKER_ZONE,
    };
  },
};
