/** Ticks of two devices come together, and a day keeps its lines whatever becomes of the template. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ChecklistItem } from '../collections/checklist-item.ts';
import { journalDays, type DayEntry } from '../collections/journal-day.ts';
import { cellsToWrite, rowOf } from '../sync/row-projection.ts';
import type { Cells } from '../sync/fragment.ts';
import { mergeCell, newRow, type RowState } from '../sync/row-state.ts';
import { checklistOf, isChecklistDone, withTick } from './checklist.ts';

const template: readonly ChecklistItem[] = ['a', 'b', 'c', 'd'].map((id, order) => ({
  ...{ id, label: `Line ${id}`, order, updatedMs: 0 },
}));
const tick = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), isTicked: fc.boolean() });

/** A fragment that a device wrote, by its stamp. */
interface Written {
  readonly hlc: string;
  readonly cells: Cells;
}

function device(name: string, from: readonly Written[]) {
  const state: RowState = newRow('2026-11-27', '');
  const written: Written[] = [];
  let clock = 0;
  const take = ({ hlc, cells }: Written) => {
    for (const [cell, value] of Object.entries(cells)) mergeCell(state, cell, value, hlc);
  };
  from.forEach(take);
  const day = () => rowOf(journalDays, '2026-11-27', state.cells) as unknown as DayEntry;
  return {
    take,
    written,
    day,
    write(fields: Partial<DayEntry>) {
      const hlc = `${String(from.length + clock++).padStart(6, '0')}-${name}`;
      const fragment = { hlc, cells: cellsToWrite(journalDays, state, fields, hlc) };
      written.push(fragment);
      take(fragment);
    },
  };
}
type Device = ReturnType<typeof device>;
function press(on: Device, pressed: { readonly id: string; readonly isTicked: boolean }): void {
  const day = on.day();
  on.write(withTick(checklistOf(template, day, { isOver: false }), day.ticked, pressed));
}

test('ticks that two devices set apart are all there after, whoever hears of whom first', () => {
  fc.assert(
    fc.property(fc.array(tick), fc.array(tick), fc.array(tick), (before, ours, theirs) => {
      const first = device('0', []);
      for (const each of before) press(first, each);
      const [one, other] = [device('1', first.written), device('2', first.written)];
      for (const each of ours) press(one, each);
      for (const each of theirs) press(other, each);
      // Also a mood on the one and goals on the other, of which neither takes the other's away.
      one.write({ mood: 4 });
      other.write({ goals: 'Two at most' });
      const [mine, yours] = [new Set(one.day().ticked), new Set(other.day().ticked)];
      const at = new Set(first.day().ticked);
      one.written.toReversed().forEach(other.take);
      other.written.forEach(one.take);
      const [merged, same] = [one.day(), other.day()];
      expect(new Set(same.ticked)).toEqual(new Set(merged.ticked));
      expect(merged).toMatchObject({ mood: 4, goals: 'Two at most' });
      expect(same).toMatchObject({ mood: 4, goals: 'Two at most', items: merged.items });
      for (const { id } of template) {
        const isNew = !at.has(id) && (mine.has(id) || yours.has(id));
        const isKept = mine.has(id) && yours.has(id);
        const isGone = !mine.has(id) && !yours.has(id);
        if (isNew || isKept) expect(merged.ticked).toContain(id);
        if (isGone) expect(merged.ticked).not.toContain(id);
      }
    }),
  );
});

test('what was ticked stays with its day, whatever becomes of the template', () => {
  const change = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.string()));
  fc.assert(
    fc.property(fc.array(tick, { minLength: 1 }), change, (ticks, changes) => {
      const on = device('1', []);
      for (const each of ticks) press(on, each);
      const last = new Map(ticks.map(({ id, isTicked }) => [id, isTicked]));
      const held = [...last].filter(([, isTicked]) => isTicked).map(([id]) => id);
      expect(on.day().ticked.toSorted()).toEqual(held.sort());
      const before = checklistOf(template, on.day(), { isOver: true });
      const labels = new Map(changes);
      const later = [...labels].map(([id, label], order) => ({ id, label, order, updatedMs: 1 }));
      const after = checklistOf(later, on.day(), { isOver: true });
      const byId = (lines: typeof after) => new Map(lines.map((line) => [line.id, line]));
      expect(byId(after)).toEqual(byId(before));
      expect(isChecklistDone(on.day())).toBe(before.every(({ isTicked }) => isTicked));
      const today = byId(checklistOf(later, on.day(), { isOver: false }));
      for (const line of before) if (line.isTicked) expect(today.get(line.id)).toEqual(line);
    }),
  );
});

test('a day on which nothing was ticked follows the template, and is not done', () => {
  const lines = checklistOf(template.toReversed(), undefined, { isOver: true });
  expect(lines.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  expect(isChecklistDone({ items: {}, ticked: [] })).toBe(false);
});
