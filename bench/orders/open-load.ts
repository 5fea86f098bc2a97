/**
 * Orders that come at a rate of their own, however long those before them take: what a crowd of
 * traders does. The calling is in a process of its own.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Caller {
  readonly cookie: string;
  readonly accountId: string;
}

export interface OrderPlan {
  readonly address: string;
  readonly callers: readonly Caller[];
  readonly perSecond: number;
  readonly warmUpMs: number;
  readonly measuredMs: number;
}

export interface OrderResult {
  /** Those answered as they should be, warm-up included. */
  readonly admitted: number;
  /** Answers from the beginning of the measured time to the last one. */
  readonly sinceMeasured: number;
  readonly errors: number;
  readonly firstError: string | null;
  /** Answers within the measured time ÷ that time. */
  readonly perSecond: number;
  /** From when each order of the measured time was due, not from when it could be sent. */
  readonly latenciesMs: readonly number[];
  /** The generator's own work: 1 is one core. */
  readonly cpuRatio: number;
}

export async function runOrders(plan: OrderPlan, onMeasured: () => void): Promise<OrderResult> {
  const child = fork(join(import.meta.dirname, 'open-load-process.ts'));
  child.send(plan);
  const result = new Promise<OrderResult>((resolve, reject) => {
    child.on('message', (said) => {
      if (said === 'measured') onMeasured();
      else resolve(said as OrderResult);
    });
    child.once('exit', () => reject(new Error('The load generator ended without a result.')));
  });
  const answered = await result;
  if (child.exitCode === null) await once(child, 'exit');
  return answered;
}
