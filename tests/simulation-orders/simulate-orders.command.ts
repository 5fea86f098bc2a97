/**
 * `npm run simulate:orders -- --seeds N [--from S] [--threads N] [--log FILE] [--json]
 * [--without SAFEGUARD] [--trace]`: lives of orders under all that can happen to them, and which of
 * them broke a promise. What the log says was lived already is counted and not lived again.
 *
 * Ends with 1 when one did. A seed that fails becomes a named test in `simulation-orders.test.ts`.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { cut, emptyTally, sum, type Span, type Tally } from './lives.ts';
import { openLog } from './log.ts';
import { safeguards, type Safeguard } from './safeguards.ts';
import { shareAmong } from './threads.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '0' },
    threads: { type: 'string', default: String(availableParallelism()) },
    log: { type: 'string' },
    json: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
    without: { type: 'string' },
  },
});
const names = Object.keys(safeguards) as Safeguard[];
const without = names.find((name) => name === values.without) ?? null;
if (values.without !== undefined && !without) {
  console.error(`--without takes one of ${names.join(', ')}`);
  process.exit(2);
}
const mostSeeds = 500;
const whole = { from: Number(values.from), seeds: Number(values.seeds) };
const threads = Number(values.threads);
const spans = cut(whole, Math.max(1, Math.min(mostSeeds, Math.ceil(whole.seeds / threads))));
const log = values.log === undefined ? null : openLog(values.log);
const begunMs = performance.now();
let total = emptyTally;
let lived = 0;
const count = (tally: Tally) => {
  total = sum(total, tally);
  if (!values.json) tally.violations.forEach(tell);
};
const isNew = (span: Span) => {
  const known = log?.of(span);
  if (known) count(known);
  return !known;
};
await shareAmong(spans.filter(isNew), {
  ...{ threads, without },
  told(span, tally) {
    log?.add(span, tally);
    lived += tally.seeds;
    count(tally);
  },
});

function tell({ seed, invariant, detail, trace }: Tally['violations'][number]): void {
  if (values.trace) console.log(trace.join('\n'));
  console.log(`${seed}: ${invariant}: ${detail}`);
}

const seconds = (performance.now() - begunMs) / 1_000;
const livesPerS = Number((lived / seconds).toFixed(1));
const faults = Object.fromEntries(Object.entries(total.faults).sort(([, a], [, b]) => b - a));
const { events, deals, intents } = total;
if (values.json) {
  const told = total.violations.map(({ trace: _, ...rest }) => rest);
  const sums = { events, deals, intents, faults, violations: told };
  console.log(JSON.stringify({ ...whole, threads, livesPerS, ...sums }));
} else {
  console.log(faults);
  console.log(`${events} events, ${intents} orders, ${deals} deals; ${livesPerS} lives a second`);
  console.log(`${whole.seeds} seeds from ${whole.from}, ${total.violations.length} failed`);
}
process.exitCode = total.violations.length > 0 ? 1 : 0;
