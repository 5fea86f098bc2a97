/** TradingView's “Export chart data”: `time` in epoch seconds or ISO; indicators follow the bars. */
import type { ColumnRole } from '../api.ts';
import type { Format } from '../layout.ts';

const roles: Readonly<Record<string, ColumnRole>> = {
  time: 'time',
  open: 'open',
  high: 'high',
  low: 'low',
  close: 'close',
  volume: 'volume',
};

export const tradingview: Format = {
  id: 'tradingview',
  recognise({ header, rows }) {
    if (header?.slice(0, 5).join() !== 'time,open,high,low,close') return null;
    const time = rows[0]?.[0] ?? '';
    if (!/^\d{9,10}$|^\d{4}-\d\d-\d\d(T.*)?$/.test(time)) return null;
    // An indicator may be called like a column of ours: the first of a name is the bar's.
    const seen = new Set<string>();
    return {
      roles: header.map((name) => {
        if (seen.has(name)) return 'ignore';
        seen.add(name);
        return roles[name] ?? 'ignore';
      }),
      statedZone: null,
      suggestedZone: 'UTC',
    };
  },
};
