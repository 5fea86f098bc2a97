/** The first steps of a trader here, each done by what is there, whoever brought it. */

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
    step('prices', facts.series > 0, '/prices/', 'Bring prices', 'A file of yours, or the sample.'),
    step(
      ...(['strategy', facts.strategies > 0, '/strategies/', 'Write a strategy'] as const),
      'From a template, or rules of your own.',
    ),
    step(
      ...(['run', facts.runs > 0, '/backtest/', 'Run a backtest'] as const),
      'What the rules would have made.',
    ),
    step(
      ...(['backup', facts.lastBackupMs !== null || isKnown, '/settings/#backup'] as const),
      ...(['Keep it safe', 'A backup file, or an account that syncs.'] as const),
    ),
    ...(facts.hasServer
      ? [
          step(
            ...(['account', isKnown, '/account/sign-up/', 'Create an account'] as const),
            'The same on every device, and paper money to trade with.',
          ),
          step(
            ...(['broker', facts.accounts > 0, '/connections/', 'Connect an account'] as const),
            'Paper, MetaTrader 5 or an exchange.',
          ),
          step(
            ...(['bot', facts.bots > 0, '/bots/', 'Start a bot on paper'] as const),
            'Your strategy, by itself, with no browser open.',
          ),
        ]
      : []),
  ];
}
