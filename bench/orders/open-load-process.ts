/** Sends each order when it is due, whoever still waits; a trader's own orders go one by one. */
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { openConnection } from '../server/kept-connection.ts';
import { requestText } from '../server/load.ts';
import type { Caller, OrderPlan, OrderResult } from './open-load.ts';

/** Pending and far away, so that it needs nobody's price. */
const ticket = {
  ...{ symbol: 'EURUSD', side: 'buy', kind: 'limit', volumeLots: 0.01, price: 1.05 },
  ...{ limitPrice: null, sl: 1.04, tp: 1.08, deviationPoints: 10, worstPrice: null },
  lastsUntilMs: null,
};

function orderText(address: string, { cookie, accountId }: Caller): string {
  const request = { id: randomUUID(), accountId, t: 'place', ticket };
  return requestText(address, { path: '/trpc/orders.open', cookie, body: { request } });
}

interface Line {
  readonly send: (text: string) => Promise<string | null>;
  last: Promise<unknown>;
}

/** Answers why the order was not admitted, or null. */
function openLine(url: URL): Line {
  const connection = openConnection(url);
  return {
    last: Promise.resolve(),
    async send(text) {
      try {
        const answer = await connection.ask(text);
        const isAdmitted = answer.status === 200 && answer.text.includes('"state":"created"');
        return isAdmitted ? null : answer.text.slice(-300);
      } catch (error) {
        return String(error);
      }
    },
  };
}

async function run(plan: OrderPlan): Promise<OrderResult> {
  const { address, callers, perSecond, warmUpMs, measuredMs } = plan;
  const lines = callers.map(() => openLine(new URL(address)));
  const latenciesMs: number[] = [];
  const errors: string[] = [];
  const counts = { admitted: 0, inTime: 0, sinceMeasured: 0 };
  const beganMs = performance.now();
  const [fromMs, toMs] = [beganMs + warmUpMs, beganMs + warmUpMs + measuredMs];

  const sendOne = async (n: number, dueMs: number) => {
    const index = n % callers.length;
    const line = lines[index]!;
    const text = orderText(address, callers[index]!);
    const answered = line.last.then(() => line.send(text));
    line.last = answered;
    const error = await answered;
    const endedMs = performance.now();
    if (error === null) counts.admitted++;
    else errors.push(error);
    if (endedMs >= fromMs) counts.sinceMeasured++;
    if (endedMs >= fromMs && endedMs < toMs && error === null) counts.inTime++;
    if (dueMs >= fromMs && dueMs < toMs) latenciesMs.push(endedMs - dueMs);
  };

  let cpu = process.cpuUsage();
  let isMeasured = false;
  const sent: Promise<void>[] = [];
  for (let n = 0; ;) {
    const nowMs = performance.now();
    if (!isMeasured && nowMs >= fromMs) {
      isMeasured = true;
      cpu = process.cpuUsage();
      process.send!('measured');
    }
    for (; beganMs + (n * 1_000) / perSecond <= Math.min(nowMs, toMs); n++) {
      sent.push(sendOne(n, beganMs + (n * 1_000) / perSecond));
    }
    if (nowMs >= toMs) break;
    await wait(1);
  }
  const { user, system } = process.cpuUsage(cpu);
  await Promise.all(sent);
  return {
    ...{ admitted: counts.admitted, errors: errors.length, firstError: errors[0] ?? null },
    sinceMeasured: counts.sinceMeasured,
    ...{ perSecond: counts.inTime / (measuredMs / 1_000), latenciesMs },
    cpuRatio: (user + system) / 1_000 / measuredMs,
  };
}

process.once('message', (plan) => {
  void run(plan as OrderPlan).then((result) => process.send!(result, () => process.exit()));
});
