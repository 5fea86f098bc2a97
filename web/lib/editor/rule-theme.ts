/** The editor of rules in the colours of the interface, with its problems underlined. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { editorFrame } from './editor-frame.ts';
import { sideTags } from './rule-language.ts';

const problems = EditorView.theme({
  '.cm-lintRange-error, .cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecorationLine: 'underline',
    textDecorationStyle: 'wavy',
    textDecorationThickness: '1px',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-error': { textDecorationColor: 'var(--danger)' },
  '.cm-lintRange-warning': { textDecorationColor: 'var(--warning)' },
  '.cm-lintRange-active': {
    backgroundColor: 'color-mix(in oklab, var(--danger) 14%, transparent)',
  },
  '.cm-lintPoint-error:after': { borderBottomColor: 'var(--danger)' },
  '.cm-lintPoint-warning:after': { borderBottomColor: 'var(--warning)' },
  '.cm-diagnostic': { padding: '8px 12px', lineHeight: '1.5' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--danger)' },
  '.cm-diagnostic-warning': { borderLeft: '3px solid var(--warning)' },
  '.cm-diagnosticAction': {
    backgroundColor: 'var(--accent)',
    color: 'var(--on-accent, var(--bg))',
    borderRadius: 'var(--radius-small, 4px)',
    fontFamily: 'var(--mono, ui-monospace, monospace)',
    minHeight: '24px',
    padding: '2px 8px',
    margin: '4px 0 0 0',
    display: 'block',
  },
});

const colours = HighlightStyle.define([
  { tag: tags.definitionKeyword, color: 'var(--accent)', fontWeight: '600' },
  { tag: tags.operatorKeyword, color: 'var(--accent)' },
  { tag: tags.modifier, color: 'var(--accent)' },
  { tag: sideTags.long, color: 'var(--buy, var(--up))', fontWeight: '600' },
  { tag: sideTags.short, color: 'var(--sell, var(--down))', fontWeight: '600' },
  { tag: tags.definition(tags.variableName), color: 'var(--text)', fontWeight: '600' },
  {
    tag: tags.definition(tags.function(tags.variableName)),
    color: 'color-mix(in oklab, var(--accent) 55%, var(--text))',
    fontWeight: '600',
  },
  { tag: tags.variableName, color: 'var(--text)' },
  {
    tag: tags.function(tags.variableName),
    color: 'color-mix(in oklab, var(--accent) 55%, var(--text))',
  },
  { tag: tags.propertyName, color: 'color-mix(in oklab, var(--accent) 55%, var(--text))' },
  {
    tag: [tags.number, tags.unit, tags.string],
    color: 'color-mix(in oklab, var(--warning) 70%, var(--text))',
  },
  { tag: [tags.operator, tags.bracket], color: 'var(--text-2)' },
  { tag: tags.lineComment, color: 'var(--text-2)', fontStyle: 'italic' },
]);

export function ruleTheme(): Extension {
  return [editorFrame(), problems, syntaxHighlighting(colours)];
}
