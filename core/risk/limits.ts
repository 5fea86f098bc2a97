/** What a trader does not let themself do; the server refuses what would go beyond. */

export interface RiskLimits {
  /** Margin of one position, of equity. */
  readonly positionRatio: number;
  /** What a trade loses at its stop, of equity. */
  readonly riskRatio: number;
  /** Margin of everything, of equity. */
  readonly exposureRatio: number;
  readonly openPositions: number;
  /** From the highest equity; beyond it nothing is opened. */
  readonly drawdownRatio: number;
  /** Way to the target ÷ way to the stop. */
  readonly rewardRatio: number;
  /** An order without a stop is refused; otherwise it is taken to be `defaultStopRatio` away. */
  readonly needsStop: boolean;
  readonly defaultStopRatio: number;
  readonly defaultTargetRatio: number;
}

export const usualLimits: RiskLimits = {
  positionRatio: 0.1,
  riskRatio: 0.02,
  exposureRatio: 0.95,
  openPositions: 10,
  drawdownRatio: 0.2,
  rewardRatio: 1.5,
  needsStop: false,
  defaultStopRatio: 0.02,
  defaultTargetRatio: 0.04,
};
