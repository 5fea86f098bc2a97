/**
 * HistData.com, New York winter time all year: bars `20200102 170000;open;high;low;close;volume`,
 * ticks `20200102 170000123,bid,ask,volume`.
 */
import type { Format } from '../layout.ts';

/** Eastern Standard Time without summer time, as histdata.com documents. */
export const HISTDATA_ZONE = '-05:00';

export const histdata: Format = {
  id: 'histdata',
  recognise({ header, rows, separator }) {
    const first = rows[0];
    const time = first?.[0] ?? '';
    const isBar = separator === ';' && first?.length === 6 && /^\d{8} \d{6}$/.test(time);
    const isTick = separator === ',' && first?.length === 4 && /^\d{8} \d{9}$/.test(time);
    if (header !== null || (!isBar && !isTick)) return null;
    return {
      // The volume of its ticks is always zero.
      roles: isBar
        ? ['time', 'open', 'high', 'low', 'close', 'volume']
        : ['time', 'bid', 'ask', 'ignore'],
      statedZone: null,
      suggestedZone: HISTDATA_ZONE,
    };
  },
};
