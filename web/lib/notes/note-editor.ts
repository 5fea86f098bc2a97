/** The editor of a note's text: plain lines that wrap, bound to a document that others edit too. */
import { defaultKeymap } from '@codemirror/commands';
import { searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, highlightSpecialChars, keymap, placeholder } from '@codemirror/view';
import { yCollab, yUndoManagerKeymap } from 'y-codemirror.next';
import { editorFrame } from '../editor/editor-frame.ts';
import type { NoteText } from './note-text.ts';
import { say } from '../words/language.ts';

export interface NoteEditorOptions {
  readonly parent: Element;
  readonly note: Pick<NoteText, 'text' | 'undoManager'>;
  readonly label: string;
  onBlur(): void;
}

export interface NoteEditor {
  readonly view: EditorView;
  destroy(): void;
}

const prose = EditorView.theme({
  '.cm-scroller': { fontFamily: 'var(--sans)', fontSize: 'var(--size-prose)', lineHeight: '1.6' },
  '.cm-content': { padding: '12px 10px 40vh', maxWidth: '76ch' },
});

function extensions({ note, label, onBlur }: NoteEditorOptions): Extension {
  return [
    // A carriage return stays one character, as it is in the document, or all places would shift.
    EditorState.lineSeparator.of('\n'),
    highlightSpecialChars(),
    EditorView.lineWrapping,
    placeholder(say`What you saw, what you plan, what you learned…`),
    keymap.of([...yUndoManagerKeymap, ...searchKeymap, ...defaultKeymap]),
    prose,
    editorFrame(),
    // No awareness: nobody sees another's caret, and nothing of it is stored or sent.
    yCollab(note.text, null, { undoManager: note.undoManager }),
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'true' }),
    EditorView.domEventHandlers({ blur: onBlur }),
  ];
}

export function createNoteEditor(options: NoteEditorOptions): NoteEditor {
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.note.text.toString(),
      extensions: extensions(options),
    }),
  });
  return { view, destroy: () => view.destroy() };
}
