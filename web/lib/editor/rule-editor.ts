/** The editor of strategies' texts; a chunk of its own, loaded when it is first needed. */
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Annotation, EditorState, type Extension } from '@codemirror/state';
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import type { Problem } from '#core/rules/problem.ts';
import { completeRules } from './rule-completion.ts';
import { ruleLanguage } from './rule-language.ts';
import { problemDiagnostics } from './rule-problems.ts';
import { ruleTheme } from './rule-theme.ts';

/** What the text is written in, as far as the editor is concerned. */
export interface WrittenIn {
  readonly extension: Extension;
  readonly placeholder: string;
}

export interface RuleEditorOptions {
  readonly parent: Element;
  readonly value: string;
  /** What a screen reader calls it. */
  readonly label: string;
  /** Called for every change the trader makes, never for `setValue`. */
  readonly onChange: (value: string) => void;
  /** Missing = rules. */
  readonly written?: WrittenIn;
}

export interface RuleEditor {
  readonly view: EditorView;
  /** Replaces the text where it differs; the cursor stays where it can. */
  setValue(value: string): void;
  /** Problems of the text as it stands now. */
  setProblems(problems: readonly Problem[]): void;
  /** Puts the cursor at an offset, shows it and takes the focus. */
  goTo(offset: number): void;
  /** Writes at the cursor, or on a line of its own below it, as if typed. */
  insert(text: string, place: 'cursor' | 'line'): void;
  destroy(): void;
}

const fromOutside = Annotation.define<true>();

/** Tab leaves the editor, as it leaves any field: the language needs no indentation. */
const keys = keymap.of([
  ...closeBracketsKeymap,
  ...defaultKeymap,
  ...searchKeymap,
  ...historyKeymap,
  ...completionKeymap,
  ...lintKeymap,
]);

const inRules = (): WrittenIn => ({
  extension: [autocompletion({ override: [completeRules], icons: false }), ruleLanguage()],
  placeholder: 'enter long when close > sma(close, 50)',
});

function extensions({ label, onChange, written = inRules() }: RuleEditorOptions): Extension {
  return [
    lineNumbers(),
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    history(),
    EditorView.lineWrapping,
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    lintGutter(),
    placeholder(written.placeholder),
    keys,
    written.extension,
    ruleTheme(),
    EditorView.contentAttributes.of({
      'aria-label': label,
      autocapitalize: 'off',
      autocorrect: 'off',
      spellcheck: 'false',
    }),
    EditorView.updateListener.of((update) => {
      const own = update.transactions.some((one) => one.annotation(fromOutside));
      if (update.docChanged && !own) onChange(update.state.doc.toString());
    }),
  ];
}

export function createRuleEditor(options: RuleEditorOptions): RuleEditor {
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({ doc: options.value, extensions: extensions(options) }),
  });
  return {
    view,
    setValue(value) {
      if (value === view.state.doc.toString()) return;
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: value },
        selection: { anchor: Math.min(view.state.selection.main.head, value.length) },
        annotations: fromOutside.of(true),
      });
    },
    setProblems(problems) {
      const diagnostics = problemDiagnostics(problems, view.state.doc.length);
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    goTo(offset) {
      const anchor = Math.min(offset, view.state.doc.length);
      view.dispatch({ selection: { anchor }, scrollIntoView: true });
      view.focus();
    },
    insert(text, place) {
      const { doc, selection } = view.state;
      const line = doc.lineAt(selection.main.to);
      const below = line.text.trim() === '' ? line : { from: line.to, to: line.to };
      const { from, to } = place === 'line' ? below : selection.main;
      const insert = place === 'line' && below !== line ? `\n${text}` : text;
      view.dispatch({
        changes: { from, to, insert },
        selection: { anchor: from + insert.length },
        scrollIntoView: true,
        userEvent: 'input.paste',
      });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}
