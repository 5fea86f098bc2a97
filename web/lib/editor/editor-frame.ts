/** An editor in the colours of the interface: every one a token, so light and dark need no switch. */
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

const frame = EditorView.theme({
  '&': {
    height: '100%',
    backgroundColor: 'var(--surface)',
    color: 'var(--text)',
    fontSize: 'var(--size-table, 0.8125rem)',
  },
  // A frame above everything, for line numbers would hide an outline.
  '&.cm-focused': { outline: 'none' },
  '&.cm-focused::after': {
    content: '""',
    position: 'absolute',
    inset: '0',
    border: '2px solid var(--focus, var(--accent))',
    pointerEvents: 'none',
    zIndex: '250',
  },
  '.cm-scroller': {
    fontFamily: 'var(--mono, ui-monospace, monospace)',
    lineHeight: '1.6',
    overflow: 'auto',
  },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--accent)' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--accent)' },
  '.cm-gutters': {
    backgroundColor: 'var(--surface)',
    color: 'var(--text-2)',
    border: 'none',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in oklab, var(--text) 5%, transparent)',
  },
  '.cm-content ::selection': {
    backgroundColor: 'color-mix(in oklab, var(--accent) 30%, transparent)',
  },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'color-mix(in oklab, var(--accent) 22%, transparent)',
  },
  '&.cm-focused .cm-nonmatchingBracket': { color: 'var(--danger)' },
  '.cm-searchMatch': { backgroundColor: 'color-mix(in oklab, var(--warning) 30%, transparent)' },
  '.cm-searchMatch-selected': { outline: '1px solid var(--warning)' },
  '.cm-placeholder': { color: 'var(--text-2)' },
});

const floating = EditorView.theme({
  '.cm-tooltip, .cm-panels': {
    backgroundColor: 'var(--surface)',
    color: 'var(--text)',
    border: '1px solid var(--line)',
    fontFamily: 'var(--sans, system-ui, sans-serif)',
  },
  '.cm-tooltip': {
    borderRadius: 'var(--radius, 6px)',
    boxShadow: 'var(--float-shadow, 0 8px 28px rgb(0 0 0 / 0.2))',
    maxWidth: 'min(30rem, 92vw)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--mono, ui-monospace, monospace)',
    maxHeight: '15em',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '4px 8px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent)',
    color: 'var(--on-accent, var(--bg))',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
  '.cm-completionDetail': { fontStyle: 'normal', opacity: '0.8' },
  '.cm-tooltip.cm-completionInfo': { padding: '8px 12px', lineHeight: '1.5' },
  '.cm-completionInfo code': { fontFamily: 'var(--mono, ui-monospace, monospace)' },
  '.cm-completionInfo p': { margin: '4px 0 0' },
  '.cm-panels input, .cm-panels button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--surface-2, var(--bg))',
    color: 'var(--text)',
    border: '1px solid var(--line-strong, var(--line))',
    borderRadius: 'var(--radius-small, 4px)',
    minHeight: '24px',
  },
});

export function editorFrame(): Extension {
  return [frame, floating];
}
