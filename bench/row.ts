/** One measured figure of a benchmark, held against a rival or a limit of the same run. */

export interface Row {
  readonly name: string;
  /** The median, in `unit`. */
  readonly value: number;
  readonly unit: string;
  /** What it is compared with: another program in the same run, or the limit itself. */
  readonly rival: string;
  /** Ours ÷ the rival's; for a limit, the value ÷ the limit. */
  readonly ratio: number;
  /** What the ratio or the value must satisfy, in words: `≤ 1.5`, `≥ 12 × papaparse`. */
  readonly target: string;
  /** Null where the rival is absent here, so that nothing was compared. */
  readonly pass: boolean | null;
  /** What is known of why a target can be missed; printed where it is. */
  readonly reason?: string;
}
