/** HistData.com: `20200102 170000;open;high;low;close;volume`, New York winter time all year. */
import type { Format } from '../layout.ts';

/** Eastern Standard Time without summer time, as histdata.com documents. */
export const HISTDATA_ZONE = '-05:00';

export const histdata: Format = {
  id: 'histdata',
  recognise({ header, rows, separator }) {
    const first = rows[0];
    if (header !== null || separator !== ';' || first?.length !== 6) return null;
    if (!/^\d{8} \d{6}$/.test(first[0] ?? '')) return null;
    return {
      roles: ['time', 'open', 'high', 'low', 'close', 'volume'],
      statedZone: null,
      suggestedZone: HISTDATA_ZONE,
    };
  },
};
