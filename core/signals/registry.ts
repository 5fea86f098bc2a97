/** Every signal there is, in the order in which they are told; a new one is a file and a line here. */
import { breakout } from './rules/breakout.ts';
import { meanReversion } from './rules/mean-reversion.ts';
import { momentum } from './rules/momentum.ts';
import { trend } from './rules/trend.ts';
import type { SignalRule } from './signal.ts';

export const signalRules: readonly SignalRule[] = [trend, momentum, breakout, meanReversion];
