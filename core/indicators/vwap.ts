/** Volume-weighted average price of the day. */
import type { HighLowClose } from './high-low-close.ts';
import { dayStartParameter, type Indicator } from './indicator.ts';
import { recall, type Memory } from './memory.ts';
import { tradingDay } from './trading-day.ts';
import { typicalPrice } from './typical-price.ts';

/**
 * Mean of the typical prices since the day began, each weighing as much as its bar traded, in
 * price units.
 *
 * Begins anew with the first bar of each day; as long as a day has no volume it is the typical
 * price of the bar.
 */
export function vwap(
  bars: HighLowClose,
  volume: Float64Array,
  openMs: Float64Array,
  dayStart: number,
  memory?: Memory,
): Float64Array {
  const out = typicalPrice(bars);
  const kept = recall(memory, () => ({ day: NaN, money: 0, traded: 0 }));
  let { day, money, traded } = kept;
  for (let i = 0; i < out.length; i++) {
    const today = tradingDay(openMs[i]!, dayStart);
    const same = today === day ? 1 : 0;
    day = today;
    money = money * same + out[i]! * volume[i]!;
    traded = traded * same + volume[i]!;
    if (traded > 0) out[i] = money / traded;
  }
  Object.assign(kept, { day, money, traded });
  return out;
}

export const vwapIndicator: Indicator = {
  name: 'vwap',
  title: 'Volume-weighted average price',
  description: 'The mean price paid since the day began, weighed by volume.',
  reference: 'Typical prices, begun anew each day; over a window it is vwma(hlc3, period).',
  sources: ['high', 'low', 'close', 'volume', 'openMs'],
  parameters: [dayStartParameter],
  outputs: [''],
  pane: 'price',
  compute: ([high, low, close, volume, openMs], [dayStart], memory) => [
    vwap({ high: high!, low: low!, close: close! }, volume!, openMs!, dayStart!, memory),
  ],
};
