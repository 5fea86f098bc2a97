/** An alert: what a trader wants to be told of, how often, and on which ways. */
import type { BotTimeframe } from '../automation/bot.ts';

/** From where a value comes to its level; `touch` = from either side. */
export const alertWays = ['above', 'below', 'touch'] as const;
export type AlertWay = (typeof alertWays)[number];

/** `drawdown` in parts of the peak, `margin-level` in percent, `equity` in account money. */
export const accountFigures = ['equity', 'drawdown', 'margin-level'] as const;
export type AccountFigure = (typeof accountFigures)[number];

export type AlertCondition =
  /** The bid, as charts draw it. */
  | { readonly t: 'price'; readonly symbol: string; readonly way: AlertWay; readonly price: number }
  /** Becomes true at the close of a bar; `source` as `alert-rule.ts` reads it. */
  | {
      readonly t: 'rule';
      readonly symbol: string;
      readonly timeframe: BotTimeframe;
      readonly source: string;
    }
  | {
      readonly t: 'account';
      readonly figure: AccountFigure;
      readonly way: 'above' | 'below';
      readonly level: number;
    }
  /** A bot of the account stopped or was ended; null = any. */
  | { readonly t: 'bot'; readonly botId: string | null };

export const alertChannels = ['mail', 'push'] as const;
/** Beside the inbox, which always has it. */
export type AlertChannel = (typeof alertChannels)[number];

export interface AlertTerms {
  readonly condition: AlertCondition;
  /** Once, then it is done; or each time, after a pause. */
  readonly repeat: 'once' | 'every';
  readonly pauseMs: number;
  /** Null = for ever. */
  readonly untilMs: number | null;
  readonly channels: readonly AlertChannel[];
  readonly note: string;
}

/** `done`: it was told once, or its time is over. */
export type AlertState = 'on' | 'paused' | 'done';

export const mostAlerts = 200;
/** Of one account: their prices are asked for whether anybody looks or not. */
export const mostAlertSymbols = 50;

/** The symbol whose prices it needs, or null. */
export function symbolOf(condition: AlertCondition): string | null {
  return condition.t === 'price' || condition.t === 'rule' ? condition.symbol : null;
}

/** Whether its time is over. */
export function isOver({ untilMs }: Pick<AlertTerms, 'untilMs'>, nowMs: number): boolean {
  return untilMs !== null && nowMs > untilMs;
}

export interface Told {
  readonly lastFiredMs: number | null;
  readonly nowMs: number;
}

/** Whether it may be told now: within its time, and not within its pause. */
export function mayTell(
  { repeat, pauseMs, untilMs }: Pick<AlertTerms, 'repeat' | 'pauseMs' | 'untilMs'>,
  { lastFiredMs, nowMs }: Told,
): boolean {
  if (isOver({ untilMs }, nowMs)) return false;
  if (lastFiredMs === null) return true;
  return repeat === 'every' && nowMs - lastFiredMs >= pauseMs;
}
