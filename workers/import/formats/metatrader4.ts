/** MetaTrader 4's history centre, and HistData's files made for it: `2020.01.02,17:00,…`. */
import { BROKER_ZONE, type Format } from '../layout.ts';
import { HISTDATA_ZONE } from './histdata.ts';

export const metatrader4: Format = {
  id: 'metatrader4',
  recognise({ fileName, header, rows }) {
    const first = rows[0];
    if (header !== null || first?.length !== 7) return null;
    if (!/^\d{4}\.\d\d\.\d\d$/.test(first[0] ?? '') || !/^\d\d:\d\d$/.test(first[1] ?? '')) {
      return null;
    }
    return {
      roles: ['date', 'timeOfDay', 'open', 'high', 'low', 'close', 'tickVolume'],
      statedZone: null,
      suggestedZone: /DAT_MT_/i.test(fileName) ? HISTDATA_ZONE : BROKER_ZONE,
    };
  },
};
