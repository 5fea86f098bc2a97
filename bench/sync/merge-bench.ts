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

interface Times {
  /** Until the call that takes the edits in has returned. */
  readonly takenMs: number;
  /** Until every edited cell has been read as well: some libraries put off their work until then. */
  readonly readMs: number;
}

export function mergeBench(): Row[] {
  const journal = makeJournal({ rows: ROWS, edits: EDITS, seed: 12_345 });
  const latest = latestOf(journal.edits);
  const times = new Map<string, Times>();
  for (const { name, prepare } of rivals) times.set(name, timesOf(prepare, journal));
  const ofOwn: Prepare = (wanted) => prepareOwn(wanted).apply;
  const each = timesOf(ofOwn, journal);
  const kept = timesOf(ofOwn, { ...journal, edits: latest });
  const edits = `${EDITS.toLocaleString('en')} edits of another replica taken in`;
  const asKept = `the same as ${latest.length.toLocaleString('en')}, which its outbox keeps`;
  return [
    againstFastest(`${edits}, each sent by itself`, each, times, 'takenMs'),
    againstFastest(asKept, kept, times, 'takenMs'),
    againstFastest('each sent by itself, and all of them read', each, times, 'readMs'),
    againstFastest('as its outbox keeps them, and all of them read', kept, times, 'readMs'),
    ...[...times].flatMap(([name, { takenMs, readMs }]) => [
      reported(`the same edits taken in by ${name}`, takenMs, each.takenMs),
      reported(`the same edits taken in by ${name} and read`, readMs, each.readMs),
    ]),
  ];
}

function againstFastest(
  name: string,
  own: Times,
  times: ReadonlyMap<string, Times>,
  until: keyof Times,
): Row {
  const [fastest, rival] = [...times].sort((a, b) => a[1][until] - b[1][until])[0]!;
  const ratio = rival[until] / own[until];
  return {
    name,
    value: own[until],
    unit: 'ms',
    rival: `${fastest} (${Math.round(rival[until])} ms)`,
    ratio,
    target: `≥ ${LEAST_FASTER} × faster`,
    pass: ratio >= LEAST_FASTER,
  };
}

function reported(name: string, value: number, ownMs: number): Row {
  return {
    name,
    value,
    unit: 'ms',
    rival: `ours (${Math.round(ownMs)} ms)`,
    ratio: value / ownMs,
    target: 'reported',
    pass: null,
  };
}

function timesOf(prepare: Prepare, journal: Journal): Times {
  const latest = latestOf(journal.edits);
  const rounds: Times[] = [];
  do {
    const apply = prepare(journal);
    globalThis.gc?.();
    const startMs = performance.now();
    const read = apply();
    const takenMs = performance.now() - startMs;
    let wrong = 0;
    for (const [row, field, value] of latest) if (read(row, field) !== value) wrong++;
    if (wrong > 0) throw new Error(`${wrong} edits did not arrive`);
    rounds.push({ takenMs, readMs: performance.now() - startMs });
  } while (rounds.length < ROUNDS && rounds[0]!.takenMs < LONG_MS);
  return {
    takenMs: median(rounds.map(({ takenMs }) => takenMs)),
    readMs: median(rounds.map(({ readMs }) => readMs)),
  };
}
