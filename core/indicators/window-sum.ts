/** Sums over a moving window that do not drift: two doubles hold one sum. */

/**
 * A running sum in twice the digits of a double (Knuth's two-sum), so that adding and taking
 * away a million values leaves the sum of those still in the window.
 */
export class WindowSum {
  high = 0;
  low = 0;

  add(value: number): void {
    const sum = this.high + value;
    const other = sum - this.high;
    const lost = this.high - (sum - other) + (value - other) + this.low;
    this.high = sum + lost;
    this.low = lost - (this.high - sum);
  }
}
