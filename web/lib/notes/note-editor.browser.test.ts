/** The editor of a note while others write in the same one. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import * as Y from 'yjs';
import { toBase64 } from './base64.ts';
import { createNoteEditor, type NoteEditor } from './note-editor.ts';
import { openNoteText, type NoteText } from './note-text.ts';

let note: NoteText;
let editor: NoteEditor;
let afar: Y.Doc;
let saved: string[];

/** What another device wrote, as it comes in by the store. */
function receive(write: (text: Y.Text) => void): void {
  for (const update of saved)
    Y.applyUpdate(
      afar,
      Uint8Array.from(atob(update), (c) => c.charCodeAt(0)),
    );
  write(afar.getText('text'));
  note.receive([toBase64(Y.encodeStateAsUpdate(afar))]);
}
const shown = () => editor.view.state.doc.toString();

beforeEach(() => {
  saved = [];
  afar = new Y.Doc();
  afar.getText('text').insert(0, 'first line\nsecond line');
  note = openNoteText('n', [toBase64(Y.encodeStateAsUpdate(afar))], {
    save: ({ update }) => Promise.resolve(void saved.push(update)),
    due: () => Promise.resolve(null),
    replace: () => Promise.resolve(),
    drafts: localStorage,
    delayMs: 5,
    onChange: () => undefined,
  });
  document.body.innerHTML = '<main id="host"></main>';
  editor = createNoteEditor({
    parent: document.querySelector('#host')!,
    note,
    label: 'Text of the note',
    onBlur: () => undefined,
  });
});
afterEach(async () => {
  editor.destroy();
  await note.close();
});

describe('the editor of a note', () => {
  it('is a labelled text box that shows what is stored', () => {
    const box = document.querySelector('[role=textbox]')!;
    expect(box.getAttribute('aria-label')).toBe('Text of the note');
    expect(shown()).toBe('first line\nsecond line');
  });

  it('leaves the caret between the letters where it was when others write before it', async () => {
    editor.view.focus();
    editor.view.dispatch({ selection: { anchor: 17 } });
    receive((text) => text.insert(0, 'from afar: '));
    expect(editor.view.state.selection.main.head).toBe(28);
    await userEvent.keyboard('!');
    expect(shown()).toBe('from afar: first line\nsecond! line');
    receive((text) => text.delete(0, 11));
    expect(shown()).toBe('first line\nsecond! line');
    expect(editor.view.state.selection.main.head).toBe(18);
    expect(document.activeElement?.getAttribute('role')).toBe('textbox');
  });

  it('takes back what was typed here and leaves what others wrote', async () => {
    editor.view.focus();
    editor.view.dispatch({ selection: { anchor: 5 } });
    await userEvent.keyboard(' own');
    receive((text) => text.insert(text.length, ' of another'));
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(shown()).toBe('first line\nsecond line of another');
    await userEvent.keyboard('{Control>}y{/Control}');
    expect(shown()).toBe('first own line\nsecond line of another');
    await note.flush();
    receive((text) => expect(text.toString()).toBe(shown()));
  });

  it('keeps its places where a text holds carriage returns', async () => {
    receive((text) => text.insert(5, '\r\n\r'));
    editor.view.focus();
    editor.view.dispatch({ selection: { anchor: shown().length } });
    await userEvent.keyboard('.');
    await note.flush();
    receive((text) => expect(text.toString()).toBe('first\r\n\r line\nsecond line.'));
  });
});
