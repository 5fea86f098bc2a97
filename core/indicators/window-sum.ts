/** Sums over a moving window that do not drift: two doubles hold one sum. */

const splitter = 2 ** 27 + 1;

/**
 * A running sum in twice the digits of a double, so that adding and taking away a million values
 * leaves the sum of those still in the window.
 *
 * Source: Knuth's two-sum and Dekker's product, in Dekker 1971, A floating-point technique for
 * extending the available precision.
 */
export class WindowSum {
  /** The sum, rounded once. */
  high = 0;
  /** What the rounding lost. */
  low = 0;

  /** The sum as plain data. */
  parts(): Float64Array {
    const parts = new Float64Array(2);
    parts[0] = this.high;
    parts[1] = this.low;
    return parts;
  }

  /** Goes on from the `parts` of another. */
  resume(parts: Float64Array): this {
    this.high = parts[0]!;
    this.low = parts[1]!;
    return this;
  }

  add(value: number): void {
    const sum = this.high + value;
    const other = sum - this.high;
    const lost = this.high - (sum - other) + (value - other) + this.low;
    this.high = sum + lost;
    this.low = lost - (this.high - sum);
  }

  /** Adds a × b without rounding the product first. */
  addProduct(a: number, b: number): void {
    const product = a * b;
    const aWide = splitter * a;
    const aHigh = aWide - (aWide - a);
    const aLow = a - aHigh;
    const bWide = splitter * b;
    const bHigh = bWide - (bWide - b);
    const bLow = b - bHigh;
    this.add(product);
    this.add(aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow);
  }
}
