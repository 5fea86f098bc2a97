/** How often an account, or strangers at one address, may call a procedure, which names its class. */

export interface CallLimit {
  readonly minute: number;
  readonly hour: number;
}

export const limitClasses = ['auth', 'trading', 'data', 'learning'] as const;
export type LimitClass = (typeof limitClasses)[number];
export type CallLimits = Readonly<Record<LimitClass, CallLimit>>;

/** For each procedure by itself: calling one takes nothing from another. */
export const defaultLimits: CallLimits = {
  auth: { minute: 5, hour: 50 },
  trading: { minute: 30, hour: 500 },
  data: { minute: 60, hour: 1_000 },
  learning: { minute: 10, hour: 100 },
};
