/** The limits of an account as their form shows them: words, unit, and what each guards against. */
import type { RiskLimits } from '#core/risk/limits.ts';
import { say } from '#lib/words/language.ts';

type NumberLimit = Exclude<keyof RiskLimits, 'needsStop'>;

export interface LimitField {
  readonly name: NumberLimit;
  readonly label: string;
  readonly unit: string;
  readonly hint: string;
  /** Shown = kept × this. */
  readonly times: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

const percent = { times: 100, min: 0.01, max: 100, step: 0.5 };

export const limitFields: readonly LimitField[] = [
  {
    ...percent,
    name: 'riskRatio',
    label: say`Risk of one trade`,
    unit: '%',
    hint: say`Of equity, lost at its stop.`,
  },
  {
    ...percent,
    name: 'positionRatio',
    label: say`One position`,
    unit: '%',
    hint: say`Of equity, by the margin it takes.`,
  },
  {
    ...percent,
    name: 'exposureRatio',
    label: say`All together`,
    unit: '%',
    hint: say`Of equity, by the margin of all that is open or on its way.`,
  },
  {
    ...percent,
    name: 'drawdownRatio',
    label: say`Drawdown`,
    unit: '%',
    hint: say`From the highest equity: beyond it nothing is opened.`,
  },
  {
    name: 'openPositions',
    label: say`Open positions`,
    unit: say`most`,
    hint: say`Those on their way count too.`,
    times: 1,
    min: 1,
    max: 1_000,
    step: 1,
  },
  {
    name: 'rewardRatio',
    label: say`Reward to risk`,
    unit: say`least`,
    hint: say`Way to the target ÷ way to the stop. 0: any.`,
    times: 1,
    min: 0,
    max: 100,
    step: 0.1,
  },
  {
    ...percent,
    name: 'defaultStopRatio',
    label: say`Assumed stop`,
    unit: '%',
    hint: say`Of the price, for an order without a stop.`,
  },
  {
    ...percent,
    name: 'defaultTargetRatio',
    label: say`Assumed target`,
    unit: '%',
    hint: say`Of the price, for an order without a target.`,
  },
];

/** As kept, without the dust that multiplying by a hundred leaves. */
export function shownOf(value: number, times: number): number {
  return Number((value * times).toPrecision(10));
}
export function keptOf(shown: number, times: number): number {
  return Number((shown / times).toPrecision(10));
}
