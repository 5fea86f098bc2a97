/** How fast edits of another replica are taken in and read, beside the libraries of the trade. */
import type { Row } from '../row.ts';
import { median } from '../web/median.ts';
import { makeJournal, type Journal } from './journal.ts';
import { latestOf, prepareOwn } from './own-replica.ts';
import { rivals } from './rivals.ts';

const ROWS = 10_000;
const EDITS = 100_000;
const ROUNDS = 5;
/** What takes so long is known well enough after one round. */
const LONG_MS = 3_000;
const LEAST_FASTER = 3;

type Read = (row: string, field: string) => unknown;
type Prepare = (journal: Journal) => () => Read;

export function mergeBench(): Row[] {
  const journal = makeJournal({ rows: ROWS, edits: EDITS, seed: 12_345 });
  const latest = latestOf(journal.edits);
  const times = new Map<string, number>();
  for (const { name, prepare } of rivals) times.set(name, timeOf(prepare, journal));
  const ofOwn: Prepare = (wanted) => prepareOwn(wanted).apply;
  const everyMs = timeOf(ofOwn, journal);
  const latestMs = timeOf(ofOwn, { ...journal, edits: latest });
  const [fastest, fastestMs] = [...times].sort((a, b) => a[1] - b[1])[0]!;
  const own = (name: string, value: number, target: number | null): Row => ({
    name,
    value,
    unit: 'ms',
    rival: `${fastest} (${Math.round(fastestMs)} ms)`,
    ratio: fastestMs / value,
    target: target === null ? 'reported' : `≥ ${target} × faster`,
    pass: target === null ? null : fastestMs / value >= target,
  });
  return [
    own(
      `${EDITS / 1000},000 edits of another replica, as its outbox keeps them`,
      latestMs,
      LEAST_FASTER,
    ),
    own('the same, each edit sent by itself', everyMs, null),
    ...[...times].map(([name, value]) => ({
      name: `the same edits taken in by ${name}`,
      value,
      unit: 'ms',
      rival: `ours (${Math.round(latestMs)} ms)`,
      ratio: value / latestMs,
      target: 'reported',
      pass: null,
    })),
  ];
}

/**
 * Until every cell that was edited has been read as it was last written: some libraries put off
 * their work until then.
 */
function timeOf(prepare: Prepare, journal: Journal): number {
  const latest = latestOf(journal.edits);
  const ms: number[] = [];
  do {
    const apply = prepare(journal);
    globalThis.gc?.();
    const startMs = performance.now();
    const read = apply();
    let wrong = 0;
    for (const [row, field, value] of latest) if (read(row, field) !== value) wrong++;
    ms.push(performance.now() - startMs);
    if (wrong > 0) throw new Error(`${wrong} edits did not arrive`);
  } while (ms.length < ROUNDS && ms[0]! < LONG_MS);
  return median(ms);
}
