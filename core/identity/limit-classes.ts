/**
 * How often an account, or strangers at one address, may call a procedure, which names its class.
 *
 * Of what devices share not the calls alone are counted: `operations` counts changes, `transfer`
 * kilobytes, of one account over all its devices. What takes risk away is `closing`, which nobody
 * should run out of; what a page asks again whenever something moves is `watching`.
 */

export interface CallLimit {
  readonly minute: number;
  readonly hour: number;
}

export const limitClasses = [
  'auth',
  'trading',
  'closing',
  'watching',
  'data',
  'learning',
  'replication',
  'operations',
  'transfer',
] as const;
export type LimitClass = (typeof limitClasses)[number];
export type CallLimits = Readonly<Record<LimitClass, CallLimit>>;

/** For each procedure by itself: calling one takes nothing from another. */
export const defaultLimits: CallLimits = {
  auth: { minute: 5, hour: 50 },
  trading: { minute: 30, hour: 500 },
  closing: { minute: 300, hour: 5_000 },
  watching: { minute: 240, hour: 7_200 },
  data: { minute: 60, hour: 1_000 },
  learning: { minute: 10, hour: 100 },
  replication: { minute: 600, hour: 20_000 },
  operations: { minute: 120_000, hour: 1_000_000 },
  transfer: { minute: 200_000, hour: 2_000_000 },
};
