/** The first steps of a trader here, each done by what is there, whoever brought it. */
import { say } from '../words/language.ts';

export interface StepFacts {
  readonly series: number;
  readonly strategies: number;
  readonly runs: number;
  readonly lastBackupMs: number | null;
  /** Without a server nothing beyond this device is offered. */
  readonly hasServer: boolean;
  readonly isSignedIn: boolean;
  /** Accounts to trade on, paper ones too. */
  readonly accounts: number;
  readonly bots: number;
}

export interface Step {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly href: string;
  readonly isDone: boolean;
}

export function firstSteps(facts: StepFacts): readonly Step[] {
  const step = (id: string, isDone: boolean, href: string, label: string, hint: string): Step => ({
    ...{ id, isDone, href, label, hint },
  });
  // Who trades has an account, also while the server is away.
  const isKnown = facts.isSignedIn || facts.accounts > 0;
  return [
    step(
      'prices',
      facts.series > 0,
      '/prices/',
      say`Bring prices`,
      say`A file of yours, or the sample.`,
    ),
    step(
      ...(['strategy', facts.strategies > 0, '/strategies/', say`Write a strategy`] as const),
      say`From a template, or rules of your own.`,
    ),
    step(
      ...(['run', facts.runs > 0, '/backtest/', say`Run a backtest`] as const),
      say`What the rules would have made.`,
    ),
    step(
      ...(['backup', facts.lastBackupMs !== null || isKnown, '/settings/#backup'] as const),
      ...([say`Keep it safe`, say`A backup file, or an account that syncs.`] as const),
    ),
    ...(facts.hasServer
      ? [
          step(
            ...(['account', isKnown, '/account/sign-up/', say`Create an account`] as const),
            say`The same on every device, and paper money to trade with.`,
          ),
          step(
            ...(['broker', facts.accounts > 0, '/connections/', say`Connect an account`] as const),
            say`Paper, MetaTrader 5 or an exchange.`,
          ),
          step(
            ...(['bot', facts.bots > 0, '/bots/', say`Start a bot on paper`] as const),
            say`Your strategy, by itself, with no browser open.`,
          ),
        ]
      : []),
  ];
}
