/** Whether a run asks for nothing that the kernels do not know. */
import type { RunSettings } from './settings.ts';
import type { Signals } from './signals.ts';

/** True where a kernel gives the very outcome of the broker; see `reference-broker.ts`. */
export function isSimple(settings: RunSettings, signals: Signals): boolean {
  const { commission, spread, slippage, swap, volume } = settings;
  return (
    signals.plan === undefined &&
    settings.path === 'pessimistic' &&
    settings.positions === 'single' &&
    settings.sides === 'both' &&
    settings.stopOut === null &&
    commission.perLot === 0 &&
    commission.minimum === 0 &&
    spread.points === 0 &&
    !spread.column &&
    (slippage.kind === 'none' || slippage.points === 0) &&
    swap.longPerLot === 0 &&
    swap.shortPerLot === 0 &&
    volume.step === 0 &&
    volume.min === 0 &&
    volume.max === 0
  );
}
