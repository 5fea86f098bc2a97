/** The conditions of a run: money, costs, when orders fill. */

export interface RunSettings {
  /** Starting money in the account's currency. */
  readonly cash: number;
  /** Paid at entry and again at exit: `fixed` money + `rate` × traded value. */
  readonly commission: { readonly fixed: number; readonly rate: number };
  /** Worsens an entry: open × (1 ± rate). */
  readonly spread: { readonly rate: number };
  /** Money needed per unit of position value, 1 = no leverage, 0.02 = 1:50. */
  readonly margin: number;
  readonly fill: 'nextOpen' | 'close';
  readonly units: 'whole' | 'fractional';
  /** An entry first closes whatever is open, the same direction included. */
  readonly exclusive: boolean;
  /** Close what is open at the open of the last bar. */
  readonly closeAtEnd: boolean;
  /** `account` rounds each deal to the account's minor unit, half away from zero. */
  readonly rounding: 'none' | 'account';
  /** Units in one lot, for strategies that size in lots. */
  readonly contractSize: number;
}

export const defaultSettings: RunSettings = {
  cash: 10_000,
  commission: { fixed: 0, rate: 0 },
  spread: { rate: 0 },
  margin: 1,
  fill: 'nextOpen',
  units: 'whole',
  exclusive: false,
  closeAtEnd: false,
  rounding: 'none',
  contractSize: 100_000,
};
