/** Amounts of an account's currency. */

/** Currencies without a minor unit in use, and those with another than hundredths. */
const decimals: Readonly<Record<string, number>> = {
  ...{ CLP: 0, HUF: 0, IDR: 0, ISK: 0, JPY: 0, KRW: 0, VND: 0 },
  ...{ BTC: 8, ETH: 8 },
};

/** To the currency's smallest unit, half away from zero. */
export function roundMoney(amount: number, currency: string): number {
  const scale = 10 ** (decimals[currency] ?? 2);
  // 1.005 × 100 is 100.49999999999999: the digits beyond a double's certainty are dropped first.
  const units = Math.round(Number((Math.abs(amount) * scale).toPrecision(15))) / scale;
  return amount < 0 && units > 0 ? -units : units;
}
