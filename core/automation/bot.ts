/** A bot: a copy of a strategy that trades one symbol of one account by itself, and its states. */
import type { Language } from '../collections/strategy.ts';
import type { RunSettings } from '../execution/settings.ts';
import { timeframeMs } from '../market/timeframe.ts';
import type { BotLimits } from './bot-limits.ts';
import type { Protection } from './protections.ts';

/** As it was when the bot was started; what is edited later does not reach it. */
export interface StrategyCopy {
  readonly name: string;
  /** Of the strategy that it was copied from; null = of none that is kept. */
  readonly strategyId: string | null;
  /** Missing = rules. */
  readonly language?: Language;
  readonly source: string;
  readonly inputs: Readonly<Record<string, number>>;
  readonly settings: RunSettings;
}

export interface BotSetup {
  readonly name: string;
  readonly accountId: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly strategy: StrategyCopy;
  /** Account money that sizes are reckoned of, whatever else the account holds. */
  readonly capital: number;
  readonly limits: BotLimits;
  readonly protections: readonly Protection[];
}

export const botStates = ['draft', 'running', 'paused', 'stopped', 'killed'] as const;
export type BotState = (typeof botStates)[number];
export type BotStep = 'start' | 'pause' | 'resume' | 'stop' | 'kill';

const ways: Readonly<Record<BotState, Partial<Record<BotStep, BotState>>>> = {
  draft: { start: 'running' },
  running: { pause: 'paused', stop: 'stopped', kill: 'killed' },
  paused: { resume: 'running', stop: 'stopped', kill: 'killed' },
  stopped: { kill: 'killed' },
  killed: {},
};

/** The state that the step leads to; null where there is no such way. */
export function stepped(state: BotState, step: BotStep): BotState | null {
  return ways[state][step] ?? null;
}

/** What one of these says of a bot: whether it looks at bars at all, and whether it may enter. */
export function isWatching(state: BotState): boolean {
  return state === 'running' || state === 'paused';
}

/** Seconds can be had of quotes alone; a week and a month begin elsewhere with each broker. */
export const botTimeframes = [
  ...['S1', 'S5', 'S15', 'S30', 'M1', 'M5', 'M15', 'M30'],
  ...['H1', 'H4', 'D1'],
] as const;
export type BotTimeframe = (typeof botTimeframes)[number];

export function isBotTimeframe(text: string): text is BotTimeframe {
  return botTimeframes.some((each) => each === text);
}

/** How long a bar of the timeframe lasts, milliseconds. */
export function barLengthMs(timeframe: BotTimeframe): number {
  const seconds = /^S(\d+)$/.exec(timeframe)?.[1];
  return seconds === undefined ? timeframeMs(timeframe)! : Number(seconds) * 1_000;
}
