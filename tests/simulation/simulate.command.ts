/**
 * `npm run simulate -- --seeds N [--from S] [--json]`: runs of the simulation, and which failed.
 *
 * Ends with 1 when one did. A seed that fails becomes a named test in `simulation.test.ts`.
 */
import { parseArgs } from 'node:util';
import { simulate, type Violation } from './simulate.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
  },
});
const seeds = Number(values.seeds);
const from = Number(values.from);
const violations: Violation[] = [];
for (let seed = from; seed < from + seeds; seed++) {
  const violation = await simulate(seed);
  if (!violation) continue;
  violations.push(violation);
  if (!values.json) console.log(`${seed}: ${violation.invariant}: ${violation.detail}`);
}
if (values.json) console.log(JSON.stringify({ seeds, violations }));
else console.log(`${seeds} seeds from ${from}, ${violations.length} failed`);
process.exitCode = violations.length > 0 ? 1 : 0;
