/** Our own side of the same work: fragments as they come over the wire, read, checked and merged. */
import { fromWire, toWire, type Cells, type WireFragment } from '#core/sync/fragment.ts';
import { formatHlc, tick, type ClockState } from '#core/sync/hlc.ts';
import { mergeCell, newRow, type RowState } from '#core/sync/row-state.ts';
import type { Edit, Journal } from './journal.ts';

type Rows = Map<string, RowState>;

export interface OwnPreparation {
  /** Takes in what was sent; a cell of the replica afterwards. */
  apply(): (row: string, field: string) => unknown;
  /** Of what was sent, as JSON. */
  readonly text: string;
}

/** Gives wire fragments of a device, each a moment after the one before. */
export function stampingDevice(node: string) {
  let clock: ClockState = { ms: 1.76e12, counter: 0 };
  return (row: string, cells: Cells, elapsedMs = 0): WireFragment => {
    clock = tick(clock, clock.ms + elapsedMs);
    const hlc = formatHlc(clock, node);
    return toWire({ collection: 'journal', row, hlc, cells, schemaVersion: 1 });
  };
}

function mergeAll(rows: Rows, wire: readonly WireFragment[]): void {
  for (const each of wire) {
    const fragment = fromWire(each);
    if ('fault' in fragment) throw new Error(fragment.fault);
    let row = rows.get(fragment.row);
    if (!row) rows.set(fragment.row, (row = newRow(fragment.row, fragment.hlc)));
    for (const cell in fragment.cells) mergeCell(row, cell, fragment.cells[cell]!, fragment.hlc);
  }
}

/** The latest edit of each cell, as a device's outbox keeps them while it is offline. */
export function latestOf(edits: readonly Edit[]): readonly Edit[] {
  return [...new Map(edits.map((edit) => [`${edit[0]} ${edit[1]}`, edit])).values()];
}

export function prepareOwn({ rows, edits }: Journal): OwnPreparation {
  const ours: Rows = new Map();
  const first = stampingDevice('aaaaaa');
  const initial = [...rows].map(([id, row]) => first(id, row));
  // As from the wire as well: strings of their own.
  mergeAll(ours, JSON.parse(JSON.stringify(initial)) as WireFragment[]);
  const second = stampingDevice('bbbbbb');
  const sent = edits.map(([row, field, value]) => second(row, { [field]: value }, 1));
  const text = JSON.stringify(sent);
  return {
    text,
    apply() {
      mergeAll(ours, JSON.parse(text) as WireFragment[]);
      return (row, field) => ours.get(row)?.cells[field];
    },
  };
}
