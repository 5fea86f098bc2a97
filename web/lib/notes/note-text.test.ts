/** Two devices and a store between them: nothing typed is lost, and all end with one text. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { toBase64 } from './base64.ts';
import { snapshotOf, type Snapshot } from './note-snapshot.ts';
import { openNoteText, type NoteText, type NoteTextState } from './note-text.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Cells of one note, as a store keeps them. */
class Cells {
  readonly cells: Record<string, string> = {};
  excerpt = '';
  failing = false;
  saves = 0;
  private stamp = 0;

  append(value: string, covers: readonly string[] = []): void {
    this.cells[`text.${String(this.stamp++).padStart(6, '0')}`] = value;
    for (const name of covers) Reflect.deleteProperty(this.cells, name);
  }
  get updates(): string[] {
    return Object.values(this.cells);
  }
}

class Drafts extends Map<string, string> {
  getItem = (key: string) => this.get(key) ?? null;
  setItem = (key: string, value: string) => void this.set(key, value);
  removeItem = (key: string) => void this.delete(key);
}

interface Device {
  readonly note: NoteText;
  readonly state: NoteTextState;
}

function open(store: Cells, drafts = new Drafts()): Device {
  let state: NoteTextState = { saving: 'saved', reason: null, damaged: 0 };
  const note = openNoteText('n', store.updates, {
    save({ update, excerpt }) {
      if (store.failing) return Promise.reject(new Error('full'));
      store.saves++;
      store.append(update);
      store.excerpt = excerpt;
      return Promise.resolve();
    },
    due: () => Promise.resolve(snapshotOf(store.cells)),
    replace: ({ value, covers }: Snapshot) => Promise.resolve(store.append(value, covers)),
    drafts,
    delayMs: 400,
    onChange: (next) => (state = next),
  });
  return {
    note,
    get state() {
      return state;
    },
  };
}

it('stores what is typed within the delay, as one update, with its beginning', async () => {
  const store = new Cells();
  const device = open(store);
  for (const letter of 'Bought the dip') {
    device.note.text.insert(device.note.text.length, letter);
    await vi.advanceTimersByTimeAsync(20);
  }
  expect(device.state.saving).toBe('saving');
  await vi.advanceTimersByTimeAsync(400);
  expect(device.state.saving).toBe('saved');
  expect(store.updates).toHaveLength(1);
  expect(store.excerpt).toBe('Bought the dip');
  expect(open(store).note.text.toString()).toBe('Bought the dip');
});

it('stores while one types without a pause', async () => {
  const store = new Cells();
  const device = open(store);
  for (let n = 0; n < 20; n++) {
    device.note.text.insert(0, 'x');
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(store.saves).toBeGreaterThan(3);
});

it('merges what two devices type at once, letter by letter, wherever they type it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ who: fc.nat(1), at: fc.nat(40), cut: fc.nat(3), put: fc.string() })),
      fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }),
      async (edits, rounds) => {
        const store = new Cells();
        const devices = [open(store), open(store)];
        for (const [turn, { who, at, cut, put }] of edits.entries()) {
          const { note } = devices[who]!;
          const from = Math.min(at, note.text.length);
          note.text.delete(from, Math.min(cut, note.text.length - from));
          note.text.insert(from, put);
          if (rounds.includes(turn % 5)) await note.flush();
          if (rounds.includes(turn % 3)) devices[1 - who]!.note.receive(store.updates);
        }
        for (const { note } of devices) await note.flush();
        for (const { note } of devices) note.receive(store.updates);
        const [one, other] = devices.map(({ note }) => note.text.toString());
        expect(other).toBe(one);
        expect(open(store).note.text.toString()).toBe(one);
      },
    ),
    { numRuns: 60 },
  );
});

it('keeps both sentences that two devices added to one line while apart', async () => {
  const store = new Cells();
  const first = open(store);
  first.note.text.insert(0, 'Plan: . End.');
  await first.note.flush();
  const [one, two] = [open(store), open(store)];
  one.note.text.insert(6, 'wait for London');
  two.note.text.insert(0, '2026 ');
  await one.note.flush();
  await two.note.flush();
  one.note.receive(store.updates);
  two.note.receive(store.updates);
  expect(one.note.text.toString()).toBe('2026 Plan: wait for London. End.');
  expect(two.note.text.toString()).toBe('2026 Plan: wait for London. End.');
});

it('replaces fifty updates by one, which covers no other', async () => {
  const store = new Cells();
  const device = open(store);
  const other = open(store);
  other.note.text.insert(0, 'from afar ');
  for (let n = 0; n < 49; n++) {
    device.note.text.insert(device.note.text.length, `${n} `);
    await device.note.flush();
  }
  expect(store.updates).toHaveLength(49);
  device.note.text.insert(device.note.text.length, 'last');
  await device.note.flush();
  expect(store.updates).toHaveLength(1);
  await other.note.flush();
  expect(store.updates).toHaveLength(2);
  const whole = open(store).note.text.toString();
  expect(whole).toContain('from afar ');
  expect(whole).toContain('48 last');
  device.note.receive(store.updates);
  other.note.receive(store.updates);
  expect(device.note.text.toString()).toBe(whole);
  expect(other.note.text.toString()).toBe(whole);
});

it('covers no update that it cannot read, and stores nothing of what others wrote', async () => {
  const store = new Cells();
  const device = open(store);
  store.append('no base64!');
  for (let n = 0; n < 55; n++) {
    const other = new Y.Doc();
    other.getText('text').insert(0, 'x');
    store.append(toBase64(Y.encodeStateAsUpdate(other)));
  }
  const snapshot = snapshotOf(store.cells)!;
  expect(snapshot.covers).toHaveLength(55);
  expect(snapshot.covers).not.toContain('text.000000');
  device.note.receive(store.updates);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(device.note.text.length).toBe(55);
  expect(device.state.saving).toBe('saved');
  expect(store.saves).toBe(0);
});

it('loses nothing of a snapshot that two devices write at once', () => {
  const store = new Cells();
  const doc = new Y.Doc();
  doc.on('update', (update: Uint8Array) => store.append(toBase64(update)));
  for (let n = 0; n < 60; n++) doc.getText('text').insert(n, String(n % 10));
  const [one, two] = [snapshotOf(store.cells)!, snapshotOf(store.cells)!];
  store.append(one.value, one.covers);
  store.append(two.value, two.covers);
  expect(store.updates).toHaveLength(2);
  expect(open(store).note.text.toString()).toBe(doc.getText('text').toString());
});

it('replaces what is much beside the largest update, and not a long note alone', async () => {
  const store = new Cells();
  const device = open(store);
  device.note.text.insert(0, 'long '.repeat(40_000));
  await device.note.flush();
  device.note.text.insert(0, 'short ');
  await device.note.flush();
  expect(store.updates).toHaveLength(2);
  device.note.text.insert(0, 'again '.repeat(20_000));
  await device.note.flush();
  expect(store.updates).toHaveLength(1);
});

it('leaves a damaged update out and keeps all the others', async () => {
  const store = new Cells();
  const device = open(store);
  device.note.text.insert(0, 'before');
  await device.note.flush();
  const other = new Y.Doc();
  other.getText('text').insert(0, 'half of it');
  const cut = toBase64(Y.encodeStateAsUpdate(other).slice(0, -1));
  for (const damaged of [cut, 'no base64!', '', btoa('\x01\x05\x02zz'), btoa('\xff'.repeat(9))]) {
    store.append(damaged);
  }
  device.note.receive(store.updates);
  device.note.text.insert(6, ' and after');
  await device.note.flush();
  const reopened = open(store);
  expect(reopened.note.text.toString()).toBe('before and after');
  expect(device.state.damaged).toBe(5);
});

it('is harmed by no bytes at all', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 5 }), (garbage) => {
      const store = new Cells();
      const doc = new Y.Doc();
      doc.getText('text').insert(0, 'sound');
      for (const bytes of garbage) store.append(toBase64(bytes));
      store.append(toBase64(Y.encodeStateAsUpdate(doc)));
      expect(open(store).note.text.toString()).toBe('sound');
    }),
    { numRuns: 300 },
  );
});

it('keeps what could not be stored, says so, and stores it later', async () => {
  const store = new Cells();
  const drafts = new Drafts();
  const device = open(store, drafts);
  store.failing = true;
  device.note.text.insert(0, 'precious');
  await device.note.flush();
  expect(device.state).toMatchObject({ saving: 'failed' });
  expect(drafts.size).toBe(1);
  store.failing = false;
  device.note.text.insert(8, ' words');
  await device.note.flush();
  expect(device.state.saving).toBe('saved');
  expect(drafts.size).toBe(0);
  expect(open(store).note.text.toString()).toBe('precious words');
});

it('brings back what was typed as the page went, and forgets no draft of another tab', async () => {
  const store = new Cells();
  const drafts = new Drafts();
  const [gone, stays] = [open(store, drafts), open(store, drafts)];
  gone.note.text.insert(0, 'typed last');
  gone.note.keepDraft();
  stays.note.text.insert(0, 'meanwhile ');
  await stays.note.flush();
  expect(drafts.size).toBe(1);
  const next = open(store, drafts);
  await next.note.flush();
  expect(next.note.text.toString()).toContain('typed last');
  expect(next.note.text.toString()).toContain('meanwhile');
  expect(open(store).note.text.toString()).toBe(next.note.text.toString());
  expect(drafts.size).toBe(0);
});

it('never uses the id of another opening', () => {
  const store = new Cells();
  const ids = Array.from({ length: 5 }, () => open(store).note.text.doc!.clientID);
  expect(new Set(ids).size).toBe(5);
});
