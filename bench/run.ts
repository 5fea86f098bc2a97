/**
 * `npm run bench -- NAME [--json] [--quick]`: runs the benchmarks of a name and prints their rows;
 * quickly where a suite can, for a first look.
 */
import type { Row } from './row.ts';

interface Options {
  readonly quick: boolean;
}

const suites: Readonly<Record<string, (options: Options) => Promise<readonly Row[]>>> = {
  engine: async () => (await import('./engine/engine-bench.ts')).engineBench(),
  web: async () => (await import('./web/web-bench.ts')).webBench(),
  large: async () => (await import('./web/large-bench.ts')).largeBench(),
  server: async () => (await import('./server/server-bench.ts')).serverBench(),
  sync: async () => (await import('./sync/sync-bench.ts')).syncBench(),
  journal: async () => [
    ...(await import('./journal/journal-bench.ts')).journalBench(),
    ...(await (await import('./journal/journal-page-bench.ts')).journalPageBench()),
  ],
  orders: async (options) => (await import('./orders/orders-bench.ts')).ordersBench(options),
};

function line({ name, value, unit, rival, ratio, target, pass, reason }: Row): string {
  const missed = reason ? `MISSED: ${reason}` : 'MISSED';
  const verdict = pass === null ? 'not compared' : pass ? 'ok' : missed;
  const figure = `${value.toPrecision(4)} ${unit}`;
  return [
    name.padEnd(62),
    figure.padStart(18),
    `  ${ratio.toFixed(2)} × ${rival}`.padEnd(44),
    target.padEnd(26),
    verdict,
  ].join('');
}

const words = process.argv.slice(2);
const names = words.filter((word) => !word.startsWith('--'));
const unknown = names.filter((name) => !(name in suites));
if (unknown.length > 0) {
  console.error(
    `There is no benchmark '${unknown[0]}'. There are: ${Object.keys(suites).join(', ')}.`,
  );
  process.exit(2);
}

const rows: Row[] = [];
for (const name of names.length > 0 ? names : Object.keys(suites)) {
  rows.push(...(await suites[name]!({ quick: words.includes('--quick') })));
}
console.log(words.includes('--json') ? JSON.stringify(rows, null, 2) : rows.map(line).join('\n'));
