/** The settings of a run and the size of its entries, told to the kernel. */
import type { RunSettings } from '#core/execution/settings.ts';
import type { Sizing } from '#core/execution/signals.ts';
import type { KernelExports } from './exports.ts';

export function sendSettings(kernel: KernelExports, settings: RunSettings, sizing: Sizing): void {
  const { commission, spread, margin, fill, units, exclusive, rounding } = settings;
  const { fixed, rate } = commission;
  const [kind, amount] = kindOf(sizing, settings.contractSize);
  kernel.setCosts(fixed, rate, spread.rate, margin, rounding === 'account');
  kernel.setOrders(fill === 'close', exclusive, units === 'whole', kind, amount);
}

/** As `assembly/costs.ts` numbers them. */
function kindOf(sizing: Sizing, contractSize: number): readonly [kind: number, amount: number] {
  switch (sizing.kind) {
    case 'equity':
      return [0, sizing.fraction];
    case 'units':
      return [1, sizing.units];
    case 'lots':
      return [1, sizing.lots * contractSize];
    case 'risk':
      return [2, sizing.fraction];
  }
}
