import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Strategy } from '#core/collections/strategy.ts';
import { defaultSettings } from '#core/execution/settings.ts';
import { Database } from '#workers/store/database.ts';
import { openStrategy, type EditorState, type OpenStrategy } from './open-strategy.ts';

let database: Database;
let row: Strategy;
let drafts: Map<string, string>;
let count = 0;

beforeEach(async () => {
  database = new Database(`open-strategy-${count++}`);
  row = {
    id: 'a',
    name: 'Cross',
    source: 'first',
    inputs: {},
    settings: defaultSettings,
    createdMs: 1,
    updatedMs: 1,
    deletedMs: null,
  };
  await database.strategies.add(row);
  drafts = new Map();
});
afterEach(async () => {
  database.close();
  await database.delete();
});

interface Tab {
  readonly strategy: OpenStrategy;
  state: EditorState;
}

async function openTab(): Promise<Tab> {
  const stored = (await database.strategies.get('a'))!;
  let state!: EditorState;
  const strategy = openStrategy(stored, {
    database,
    drafts: {
      getItem: (key) => drafts.get(key) ?? null,
      setItem: (key, value) => void drafts.set(key, value),
      removeItem: (key) => void drafts.delete(key),
    },
    nowMs: () => 5,
    newId: () => `copy-${count++}`,
    delayMs: 5,
    onChange: (next) => (state = next),
  });
  return {
    strategy,
    get state() {
      return state;
    },
  } as Tab;
}

const stored = async () => (await database.strategies.get('a'))!;

it('saves what is typed, and then keeps no draft of it', async () => {
  const tab = await openTab();
  tab.strategy.edit('second');
  expect(tab.state.saving).toBe('saving');
  await vi.waitFor(() => expect(tab.state.saving).toBe('saved'));
  expect((await stored()).source).toBe('second');
  expect(drafts.size).toBe(0);
});

it('ends with the last text, however fast it is typed', async () => {
  const tab = await openTab();
  for (let n = 0; n < 30; n++) {
    tab.strategy.edit(`text ${n}`);
    if (n % 7 === 0) void tab.strategy.flush();
  }
  await tab.strategy.flush();
  await vi.waitFor(async () => expect((await stored()).source).toBe('text 29'));
  expect(tab.state.source).toBe('text 29');
});

it('brings back text that a closed tab had not saved', async () => {
  drafts.set('offing.draft.a', JSON.stringify({ source: 'unsaved', base: 'first' }));
  const tab = await openTab();
  expect(tab.state).toMatchObject({ source: 'unsaved', notice: { kind: 'restored' } });
  await tab.strategy.flush();
  expect((await stored()).source).toBe('unsaved');
  expect(await database.strategies.count()).toBe(1);
});

it('takes over what another tab saved while nothing was typed here', async () => {
  const [one, two] = [await openTab(), await openTab()];
  one.strategy.edit('from one');
  await one.strategy.flush();
  two.strategy.receive(await stored());
  expect(two.state).toMatchObject({ source: 'from one', notice: { kind: 'adopted' } });
});

it('never goes back to its own older text when news of a save come late', async () => {
  const tab = await openTab();
  tab.strategy.edit('second');
  await tab.strategy.flush();
  const late = await stored();
  tab.strategy.edit('third');
  await tab.strategy.flush();
  tab.strategy.receive(late);
  expect(tab.state.source).toBe('third');
});

it('loses neither text when two tabs changed the same one', async () => {
  const [one, two] = [await openTab(), await openTab()];
  one.strategy.edit('from one');
  two.strategy.edit('from two');
  await one.strategy.flush();
  await two.strategy.flush();
  const texts = (await database.strategies.toArray()).map((each) => each.source);
  expect(texts.toSorted()).toEqual(['from one', 'from two']);
  expect(two.state.notice).toMatchObject({ kind: 'copied', name: 'Cross 2' });
});

it('says when it cannot save, and keeps the draft', async () => {
  const tab = await openTab();
  await database.strategies.delete('a');
  tab.strategy.edit('second');
  await tab.strategy.flush();
  expect(tab.state.saving).toBe('failed');
  expect(drafts.get('offing.draft.a')).toContain('second');
});
