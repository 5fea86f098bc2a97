/** Prices of bars in price units, as the indicators that need more than one price read them. */

export interface HighLowClose {
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}
