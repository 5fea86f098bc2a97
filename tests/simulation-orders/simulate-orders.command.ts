/**
 * `npm run simulate:orders -- --seeds N [--from S] [--json] [--without SAFEGUARD] [--trace]`: lives
 * of orders under all that can happen to them, and which of them broke a promise.
 *
 * Ends with 1 when one did. A seed that fails becomes a named test in `simulation-orders.test.ts`.
 */
import { parseArgs } from 'node:util';
import { allSafeguards, safeguards, type Safeguard } from './safeguards.ts';
import { simulate, type Violation } from './simulate.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
    without: { type: 'string' },
  },
});
const seeds = Number(values.seeds);
const from = Number(values.from);
const names = Object.keys(safeguards) as Safeguard[];
const without = names.find((name) => name === values.without);
if (values.without !== undefined && !without) {
  console.error(`--without takes one of ${names.join(', ')}`);
  process.exit(2);
}
const violations: Violation[] = [];
const faults = new Map<string, number>();
const sums = { events: 0, deals: 0, intents: 0 };
const begunMs = performance.now();
for (let seed = from; seed < from + seeds; seed++) {
  const life = await simulate(seed, without ? safeguards[without] : allSafeguards);
  sums.events += life.events;
  sums.deals += life.deals;
  sums.intents += life.intents;
  for (const [name, count] of life.faults) faults.set(name, (faults.get(name) ?? 0) + count);
  const { violation } = life;
  if (!violation) continue;
  violations.push(violation);
  if (values.json) continue;
  if (values.trace) console.log(violation.trace.join('\n'));
  console.log(`${seed}: ${violation.invariant}: ${violation.detail}`);
}
const seconds = (performance.now() - begunMs) / 1_000;
const livesPerS = Number((seeds / seconds).toFixed(1));
const sorted = Object.fromEntries([...faults].sort(([, a], [, b]) => b - a));
if (values.json) {
  const told = violations.map(({ trace: _, ...rest }) => rest);
  console.log(
    JSON.stringify({ seeds, from, livesPerS, ...sums, faults: sorted, violations: told }),
  );
} else {
  console.log(sorted);
  const { events, deals, intents } = sums;
  console.log(`${events} events, ${intents} orders, ${deals} deals; ${livesPerS} lives a second`);
  console.log(`${seeds} seeds from ${from}, ${violations.length} failed`);
}
process.exitCode = violations.length > 0 ? 1 : 0;
