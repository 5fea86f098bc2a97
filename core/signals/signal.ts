/** What a signal says of itself: a rule text, how strong it is and how far ahead it looks. */

export interface SignalRule {
  /** Never renamed: kept in what people chose. */
  readonly name: string;
  readonly title: string;
  /** What it looks for, in one sentence. */
  readonly about: string;
  /**
   * In the language of strategies: `enter long` is up, `enter short` is down, and the series
   * `strength`, 0 … 100, says how clearly.
   */
  readonly rules: string;
  /** The formula of `strength` in words. */
  readonly formula: string;
  /** How many bars later it is judged whether it was right. */
  readonly horizonBars: number;
  /**
   * Why it points there, with series of the text in braces: `{fast}` as a price of the symbol,
   * `{adx:1}` with one decimal.
   */
  readonly reasons: { readonly up: string; readonly down: string };
}
