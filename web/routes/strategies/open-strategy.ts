/**
 * The rule text being edited: saved as it is typed, merged with what other tabs save.
 *
 * Every save happens in one transaction that first looks at the stored text. Where both this tab
 * and another changed the text that they had agreed on, the other's is kept as a strategy of its
 * own before this one is saved. Text not yet saved lies in a draft that survives a closed tab.
 */
import type { Strategy } from '#core/collections/strategy.ts';
import { freeName } from '#lib/backtest/strategy-store.ts';
import { draftKey } from '#lib/state/drafts.ts';
import type { Database } from '#workers/store/database.ts';
import { writing } from '#workers/store/writing.ts';

export type Notice =
  | { readonly kind: 'adopted' }
  | { readonly kind: 'restored' }
  | { readonly kind: 'copied'; readonly id: string; readonly name: string };

export interface EditorState {
  readonly source: string;
  readonly saving: 'saved' | 'saving' | 'failed';
  /** What the store threw, while `failed`. */
  readonly reason: unknown;
  readonly notice: Notice | null;
}

export interface OpenStrategyDependencies {
  readonly database: Database;
  readonly drafts: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly delayMs: number;
  readonly onChange: (state: EditorState) => void;
}

export interface OpenStrategy {
  edit(source: string): void;
  /** The stored row changed, in this tab or another. */
  receive(row: Strategy): void;
  /** Saves now what is not saved yet; resolves once it is stored or has failed. */
  flush(): Promise<void>;
  dismissNotice(): void;
}

interface Draft {
  readonly source: string;
  /** The stored text that the draft was typed over. */
  readonly base: string;
}

const put = { kind: 'put', collection: 'strategies' } as const;

export function openStrategy(
  opened: Strategy,
  dependencies: OpenStrategyDependencies,
): OpenStrategy {
  const { database, drafts, nowMs, newId, delayMs, onChange } = dependencies;
  const { id } = opened;
  let state: EditorState = { source: opened.source, saving: 'saved', reason: null, notice: null };
  /** The text that this tab and the store last agreed on, and when. */
  let base = { source: opened.source, updatedMs: opened.updatedMs };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let inFlight: Promise<void> | null = null;

  const isDirty = () => state.source !== base.source;

  function set(change: Partial<EditorState>): void {
    state = { ...state, ...change };
    onChange(state);
  }

  function schedule(): void {
    set({ saving: 'saving' });
    writeDraft(drafts, id, { source: state.source, base: base.source });
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), delayMs);
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    while (inFlight) await inFlight;
    if (!isDirty()) return;
    inFlight = save().finally(() => (inFlight = null));
    await inFlight;
  }

  async function save(): Promise<void> {
    try {
      await store(state.source);
    } catch (reason) {
      return set({ saving: 'failed', reason });
    }
    if (isDirty()) return schedule();
    drafts.removeItem(draftKey('strategy', id));
    set({ saving: 'saved', reason: null });
  }

  async function store(source: string): Promise<void> {
    const table = database.strategies;
    const saved = await writing({ database, collections: ['strategies'] }, async (write) => {
      const row = await table.get(id);
      if (!row) return null;
      const updatedMs = Math.max(nowMs(), row.updatedMs + 1);
      const copy = await otherToKeep(row, source, updatedMs);
      const fields = { source, updatedMs };
      await write([
        ...(copy ? [{ ...put, id: copy.id, fields: { ...copy } }] : []),
        { ...put, id, fields },
      ]);
      return { updatedMs, copy };
    });
    if (!saved) throw new Error('the strategy is no longer stored');
    base = { source, updatedMs: saved.updatedMs };
    if (saved.copy) set({ notice: { kind: 'copied', id: saved.copy.id, name: saved.copy.name } });
  }

  /** What another tab wrote meanwhile becomes a strategy of its own. */
  async function otherToKeep(
    row: Strategy,
    mine: string,
    createdMs: number,
  ): Promise<Strategy | null> {
    if (row.source === base.source || row.source === mine) return null;
    const table = database.strategies;
    const names = (await table.toArray()).map((other) => other.name);
    const name = freeName(row.name, names);
    return { ...row, id: newId(), name, createdMs, updatedMs: createdMs };
  }

  const draft = readDraft(drafts, id);
  if (draft && draft.source !== opened.source) {
    base = { ...base, source: draft.base };
    set({ source: draft.source, notice: { kind: 'restored' } });
    schedule();
  } else onChange(state);

  return {
    edit(source) {
      if (source === state.source) return;
      set({ source });
      schedule();
    },

    receive(row) {
      if (row.updatedMs <= base.updatedMs || row.source === base.source) return;
      // With edits of our own the next save settles it, in its transaction.
      if (isDirty()) return;
      base = { source: row.source, updatedMs: row.updatedMs };
      set({ source: row.source, notice: { kind: 'adopted' } });
    },

    flush,

    dismissNotice() {
      set({ notice: null });
    },
  };
}

function readDraft(drafts: OpenStrategyDependencies['drafts'], id: string): Draft | null {
  try {
    const draft = JSON.parse(drafts.getItem(draftKey('strategy', id)) ?? 'null') as Draft | null;
    return typeof draft?.source === 'string' && typeof draft.base === 'string' ? draft : null;
  } catch {
    return null;
  }
}

function writeDraft(drafts: OpenStrategyDependencies['drafts'], id: string, draft: Draft): void {
  try {
    drafts.setItem(draftKey('strategy', id), JSON.stringify(draft));
  } catch {
    // Storage that is full or forbidden leaves the database alone to keep the text.
  }
}
