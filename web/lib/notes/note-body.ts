/** An open note's text in its editor, bound to what is stored; fetched when a note is opened. */
import { createNoteEditor } from './note-editor.ts';
import { snapshotOf } from './note-snapshot.ts';
import type { NoteStore } from './note-store.ts';
import { openNoteText, type NoteText, type NoteTextState } from './note-text.ts';

export interface NoteBodyOptions {
  readonly parent: Element;
  readonly id: string;
  readonly updates: readonly unknown[];
  readonly label: string;
  readonly store: Pick<NoteStore, 'append' | 'replace' | 'cellsOf'>;
  readonly drafts: Storage;
  onChange(state: NoteTextState): void;
}

export interface NoteBody extends Pick<NoteText, 'receive' | 'flush' | 'keepDraft' | 'close'> {
  focus(): void;
}

const delayMs = 400;

export function openNoteBody(options: NoteBodyOptions): NoteBody {
  const { id, updates, store, drafts, onChange } = options;
  const note = openNoteText(id, updates, {
    save: (change) => store.append(id, change),
    due: async () => snapshotOf(await store.cellsOf(id)),
    replace: (snapshot) => store.replace(id, snapshot),
    drafts,
    delayMs,
    onChange,
  });
  const { parent, label } = options;
  const editor = createNoteEditor({ parent, note, label, onBlur: () => void note.flush() });
  return {
    receive: note.receive,
    flush: note.flush,
    keepDraft: note.keepDraft,
    focus: () => editor.view.focus(),
    async close() {
      editor.destroy();
      await note.close();
    },
  };
}
