/**
 * The load generator: keeps connections busy, one request at a time each, and times the answers.
 *
 * It speaks HTTP over bare sockets, since a client library takes more of the machine than the
 * server that is measured.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { openConnection } from './kept-connection.ts';
import type { LoadPlan, LoadRequest, LoadResult } from './load.ts';

async function run(plan: LoadPlan): Promise<LoadResult> {
  const url = new URL(plan.address);
  const latenciesMs: Record<string, number[]> = {};
  let answers = 0;
  let errors = 0;
  let firstError: string | null = null;
  const beginsMs = performance.now() + plan.warmUpMs;
  const endsMs = 'ms' in plan.until ? beginsMs + plan.until.ms : Infinity;
  const mostEach = 'answersEach' in plan.until ? plan.until.answersEach : Infinity;

  async function callOver(requests: readonly LoadRequest[], index: number): Promise<void> {
    await wait((plan.staggerMs ?? 0) * index);
    const connection = openConnection(url);
    for (let asked = 0; asked < mostEach && performance.now() < endsMs; asked++) {
      const { label, text, status, piece } = requests[asked % requests.length]!;
      const startedMs = performance.now();
      const answer = await connection.ask(text).catch((error: Error) => error);
      const endedMs = performance.now();
      if (endedMs < beginsMs || endedMs > endsMs) continue;
      answers++;
      (latenciesMs[label] ??= []).push(endedMs - startedMs);
      if (answer instanceof Error || answer.status !== status || !answer.text.includes(piece)) {
        errors++;
        firstError ??= answer instanceof Error ? answer.message : answer.text;
      }
    }
    connection.close();
  }

  const done = Promise.all(plan.connections.map(callOver));
  await wait(plan.warmUpMs);
  const before = process.cpuUsage();
  if (endsMs === Infinity) await done;
  else await wait(endsMs - performance.now());
  const { user, system } = process.cpuUsage(before);
  const tookMs = performance.now() - beginsMs;
  await done;
  return {
    ...{ answers, errors, firstError, latenciesMs },
    perSecond: answers / (tookMs / 1_000),
    cpuRatio: (user + system) / 1_000 / tookMs,
  };
}

process.once('message', (plan) => {
  void run(plan as LoadPlan).then((result) => process.send!(result, () => process.exit()));
});
