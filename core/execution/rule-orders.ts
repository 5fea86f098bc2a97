/** What all rules ask of the order desk alike: exits, and the terms of an entry. */
import type { OpenPosition, OrderDesk, OrderRequest, Side } from './order-desk.ts';
import type { RunSettings } from './settings.ts';
import { EXIT_LONG, EXIT_SHORT, type Signals } from './signals.ts';

export interface Moment {
  readonly market: number;
  readonly bar: number;
  readonly desk: OrderDesk;
  readonly settings: RunSettings;
}

/** Closes what the exit rules of this bar name; the positions that stay. */
export function closeByRule(signals: Signals, moment: Moment): readonly OpenPosition[] {
  const { market, bar, desk } = moment;
  const exits = signals.exit[bar]!;
  const left: OpenPosition[] = [];
  for (const position of desk.positions()) {
    if (position.market !== market) continue;
    const isExit = (exits & (position.side === 1 ? EXIT_LONG : EXIT_SHORT)) !== 0;
    if (isExit) desk.close(position.id);
    else left.push(position);
  }
  return left;
}

/** Size, stop and target of an entry that is signalled on the bar. */
export function entryTerms(
  { sizing, stop, target }: Signals,
  side: Side,
  bar: number,
): Pick<OrderRequest, 'units' | 'sizing' | 'stop' | 'target'> {
  const column = side === 1 ? 'long' : 'short';
  return {
    units: 0,
    sizing,
    stop: stop ? stop[column][bar]! : NaN,
    target: target ? target[column][bar]! : NaN,
  };
}
