/**
 * The text of one open note: what is typed becomes updates to store, what others typed comes in.
 *
 * A Yjs document that lives as long as the note is open, so that its client id is never used
 * twice. What could not be stored before the page went is kept beside and taken up at the next
 * opening; taking up an update again changes nothing.
 */
import * as Y from 'yjs';
import { draftKey } from '../state/drafts.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { applyUpdate, type Snapshot } from './note-snapshot.ts';
import { excerptOf } from './note-words.ts';

export interface NoteTextState {
  readonly saving: 'saved' | 'saving' | 'failed';
  /** What went wrong when `failed`. */
  readonly reason: unknown;
  /** Updates that cannot be read and were left out. */
  readonly damaged: number;
}

export interface NoteTextDependencies {
  /** Appends one update and keeps what the text now begins with. */
  save(change: { readonly update: string; readonly excerpt: string }): Promise<void>;
  /** Called after each save: the snapshot that is due, or null. */
  due(): Promise<Snapshot | null>;
  replace(snapshot: Snapshot): Promise<void>;
  /** For what is typed last, where the page goes before it is stored. */
  readonly drafts: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly delayMs: number;
  onChange(state: NoteTextState): void;
}

export interface NoteText {
  readonly text: Y.Text;
  readonly undoManager: Y.UndoManager;
  /** All updates stored of the note, those that are known already included. */
  receive(updates: readonly unknown[]): void;
  /** Stores what is not stored yet; resolves when it is, or when that failed. */
  flush(): Promise<void>;
  /** Keeps beside what is not stored yet, at once. */
  keepDraft(): void;
  /** Stores and lets go of the document. */
  close(): Promise<void>;
}

const fromStore = Symbol('from the store');

export function openNoteText(
  id: string,
  stored: readonly unknown[],
  dependencies: NoteTextDependencies,
): NoteText {
  const { drafts, delayMs, onChange } = dependencies;
  const doc = new Y.Doc();
  const text = doc.getText('text');
  const undoManager = new Y.UndoManager(text, { trackedOrigins: new Set() });
  const known = new Set<unknown>();
  const key = draftKey('note', id);
  let state: NoteTextState = { saving: 'saved', reason: null, damaged: 0 };
  let pending: Uint8Array[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let inFlight: Promise<void> | null = null;
  /** The draft that holds nothing but what is ours: another tab's is not ours to forget. */
  let ownDraft: string | null = null;

  function set(change: Partial<NoteTextState>): void {
    state = { ...state, ...change };
    onChange(state);
  }

  function receive(updates: readonly unknown[]): void {
    let damaged = 0;
    for (const update of updates) {
      if (known.has(update)) continue;
      known.add(update);
      if (typeof update !== 'string' || !applyUpdate(doc, update, fromStore)) damaged++;
    }
    if (damaged > 0) set({ damaged: state.damaged + damaged });
  }

  function schedule(): void {
    set({ saving: 'saving' });
    // Not put off by further typing: a second later it is stored.
    timer ??= setTimeout(() => void flush(), delayMs);
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    while (inFlight) await inFlight;
    if (pending.length === 0) return;
    inFlight = save().finally(() => (inFlight = null));
    await inFlight;
  }

  async function save(): Promise<void> {
    const taken = pending;
    pending = [];
    const update = toBase64(Y.mergeUpdates(taken));
    try {
      await dependencies.save({ update, excerpt: excerptOf(text.toString()) });
    } catch (reason) {
      pending = [...taken, ...pending];
      keepDraft();
      return set({ saving: 'failed', reason });
    }
    known.add(update);
    if (pending.length === 0) {
      forgetDraft(drafts, key, ownDraft);
      set({ saving: 'saved', reason: null });
    }
    await replaceWhenDue();
  }

  /** Where it fails nothing is lost, and the next save tries again. */
  async function replaceWhenDue(): Promise<void> {
    const snapshot = await dependencies.due().catch(() => null);
    if (snapshot) await dependencies.replace(snapshot).catch(() => undefined);
  }

  function keepDraft(): void {
    if (pending.length > 0) ownDraft = writeDraft(drafts, key, pending);
  }

  receive(stored);
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === fromStore) return;
    pending.push(update);
    schedule();
  });
  const draft = readDraft(drafts, key);
  // As if typed now: it reaches the store even where that has it already.
  if (draft !== null && applyUpdate(doc, draft, fromStore)) {
    ownDraft = draft;
    pending.push(fromBase64(draft)!);
    schedule();
  }

  return {
    text,
    undoManager,
    receive,
    flush,
    keepDraft,
    async close() {
      keepDraft();
      await flush();
      undoManager.destroy();
      doc.destroy();
    },
  };
}

type Drafts = NoteTextDependencies['drafts'];

function readDraft(drafts: Drafts, key: string): string | null {
  try {
    return drafts.getItem(key);
  } catch {
    // Storage that is forbidden holds no draft.
    return null;
  }
}

/** With what another tab keeps there: both are taken up. The draft, null where none is kept. */
function writeDraft(drafts: Drafts, key: string, pending: readonly Uint8Array[]): string | null {
  try {
    const other = fromBase64(drafts.getItem(key) ?? '');
    const all = other && other.length > 0 ? [other, ...pending] : [...pending];
    const draft = toBase64(Y.mergeUpdates(all));
    drafts.setItem(key, draft);
    return draft;
  } catch {
    // Storage that is full or forbidden leaves the database alone to keep the text.
    return null;
  }
}

function forgetDraft(drafts: Drafts, key: string, own: string | null): void {
  if (own !== null && readDraft(drafts, key) === own) drafts.removeItem(key);
}
