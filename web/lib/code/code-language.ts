/** TypeScript for the editor: its grammar, its colours, its words; a chunk of its own. */
import { autocompletion } from '@codemirror/autocomplete';
import { javascript } from '@codemirror/lang-javascript';
import { HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';
import type { WrittenIn } from '#lib/editor/rule-editor.ts';

const soft = 'color-mix(in oklab, var(--accent) 55%, var(--text))';
const warm = 'color-mix(in oklab, var(--warning) 70%, var(--text))';

const colours = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.controlKeyword, tags.moduleKeyword, tags.self],
    color: 'var(--accent)',
    fontWeight: '600',
  },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: warm },
  { tag: [tags.bool, tags.null], color: warm },
  { tag: [tags.typeName, tags.className], color: soft },
  { tag: tags.function(tags.propertyName), color: soft },
  { tag: tags.blockComment, color: 'var(--text-2)', fontStyle: 'italic' },
]);

export function codeLanguage(): WrittenIn {
  return {
    extension: [
      javascript({ typescript: true }),
      autocompletion({ icons: false }),
      indentOnInput(),
      syntaxHighlighting(colours),
    ],
    placeholder: 'export function next(ctx) {}',
  };
}
