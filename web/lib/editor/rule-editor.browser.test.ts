import {
  CompletionContext,
  completionStatus,
  currentCompletions,
  startCompletion,
} from '@codemirror/autocomplete';
import { forEachDiagnostic } from '@codemirror/lint';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { compileRules } from '#core/rules/compile.ts';
import { ruleReference } from '#core/rules/reference.ts';
import { templates } from '#core/rules/templates.ts';
import { completeRules } from './rule-completion.ts';
import { createRuleEditor, type RuleEditor } from './rule-editor.ts';

let editor: RuleEditor | undefined;

function open(value: string, onChange: (value: string) => void = () => undefined): RuleEditor {
  document.body.innerHTML = '<main id="host"></main><button id="after">after</button>';
  const parent = document.querySelector('#host')!;
  editor = createRuleEditor({ parent, value, label: 'Rules', onChange });
  return editor;
}

afterEach(() => editor?.destroy());

async function completions(value: string): Promise<readonly string[]> {
  const { view, goTo } = open(value);
  goTo(value.length);
  startCompletion(view);
  await vi.waitFor(() => expect(completionStatus(view.state)).toBe('active'));
  return currentCompletions(view.state).map((one) => one.label);
}

describe('the rule editor', () => {
  it('is a labelled text box', () => {
    open('enter long when close > open');
    const box = document.querySelector('[role=textbox]')!;
    expect(box.getAttribute('aria-label')).toBe('Rules');
    expect(box.getAttribute('aria-multiline')).toBe('true');
  });

  it('colours the words of the language by the grammar', () => {
    open(templates[0]!.source);
    const colourOf = (text: string) => {
      const spans = [...document.querySelectorAll('.cm-line span')];
      const span = spans.find((one) => one.textContent === text)!;
      return [...span.classList].join(' ');
    };
    const kinds = ['enter', 'long', 'short', 'when', 'crosses_above', '10'].map(colourOf);
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(colourOf('exit')).toBe(colourOf('enter'));
  });

  it('tells of what is typed and not of what is set', async () => {
    const onChange = vi.fn();
    const { setValue, goTo } = open('', onChange);
    setValue('exit when close > ');
    expect(onChange).not.toHaveBeenCalled();
    goTo(99);
    await userEvent.keyboard('1');
    expect(onChange).toHaveBeenLastCalledWith('exit when close > 1');
  });

  it('inserts at the cursor or on a line of its own, and tells of it', () => {
    const onChange = vi.fn();
    const { goTo, insert } = open('enter long when \n', onChange);
    goTo(16);
    insert('close > open', 'cursor');
    expect(onChange).toHaveBeenLastCalledWith('enter long when close > open\n');
    insert('stop 5% of close', 'line');
    expect(onChange).toHaveBeenLastCalledWith('enter long when close > open\nstop 5% of close\n');
    goTo(99);
    insert('size 50% of equity', 'line');
    expect(onChange).toHaveBeenLastCalledWith(
      'enter long when close > open\nstop 5% of close\nsize 50% of equity',
    );
  });

  it('leaves by Tab, in both directions', async () => {
    const { goTo } = open('enter long when close > open');
    goTo(3);
    await userEvent.tab();
    expect(document.activeElement?.id).toBe('after');
    await userEvent.tab({ shift: true });
    expect(document.activeElement?.getAttribute('role')).toBe('textbox');
  });

  it('underlines a problem and mends it at a click', async () => {
    const source = 'enter long when closs > open';
    const onChange = vi.fn();
    const { view, setProblems, goTo } = open(source, onChange);
    setProblems(compileRules(source).problems);
    expect(document.querySelector('.cm-lintRange-error')?.textContent).toBe('closs');
    forEachDiagnostic(view.state, (diagnostic, from, to) => {
      expect(diagnostic.actions?.[0]?.name).toBe('Replace with close');
      diagnostic.actions![0]!.apply(view, from, to);
    });
    expect(onChange).toHaveBeenLastCalledWith('enter long when close > open');
    goTo(0);
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(onChange).toHaveBeenLastCalledWith(source);
  });

  it('survives problems of a longer text', () => {
    const long = `${'# a comment\n'.repeat(20)}enter long when closs > open`;
    const { setProblems, setValue } = open('x');
    setProblems(compileRules(long).problems);
    setValue('');
    expect(document.querySelector('.cm-content')).not.toBeNull();
  });
});

describe('completion', () => {
  it.each([
    ['', ruleReference.statements.map((one) => one.name)],
    ['enter ', ['long', 'short']],
    ['enter long ', ['when', 'stop at', 'limit at']],
    ['exit long ', ['when']],
    ['one ', ['cancels other']],
    ['let a = close on ', ['M5', 'M15', 'M30', 'H1', 'H4', 'D1', 'W1', 'MN1']],
    ['let a = close on "GBPUSD" ', ['M5', 'M15', 'M30', 'H1', 'H4', 'D1', 'W1', 'MN1']],
    ['let m = macd(close, max(1, 2))\nenter long when m.', ['line', 'signal', 'histogram']],
    ['enter long when bollinger(close, 20, 2).', ['upper', 'middle', 'lower']],
  ])('after %j offers just what can follow', async (value, expected) => {
    expect((await completions(value)).toSorted()).toStrictEqual(expected.toSorted());
  });

  it('offers names of the lines above, series and functions for a value', async () => {
    const labels = await completions('input fast = 5\nlet quick = sma(close, fast)\nlet b = ');
    expect(labels).toEqual(expect.arrayContaining(['fast', 'quick', 'close', 'volume', 'rsi']));
    expect(labels).not.toContain('b');
  });

  it.each([
    ['enter long stop at high ', ['limit at', 'for', 'when', 'atr']],
    ['trail 2 ', ['R', 'pips', 'after', 'lock']],
    ['function f(fast, slow = 20) = ', ['fast', 'slow', 'close', 'sma']],
    ['function stretched(n) = sma(close, n)\nlet a = ', ['stretched', 'close']],
    ['let a = hour("Euro', ['Europe/London']],
    ['let a = close on D1 in "', ['America/New_York']],
    ['enter long when session("', ['08:00-16:30']],
    ['enter long when session("08:00-16:30", "As', ['Asia/Tokyo']],
    ['plot close ', ['as', 'on price']],
    ['plot close on ', ['own pane', 'D1']],
    ['size ', ['risk', 'volatility', 'kelly']],
    ['enter long when ', ['london', 'session', 'bars_since', 'close']],
  ])('after %j offers the words that may follow', async (value, expected) => {
    expect(await completions(value)).toEqual(expect.arrayContaining([...expected]));
  });

  it('is silent inside a name in quotes', () => {
    const inText = open('plot close as "my na').view.state;
    expect(completeRules(new CompletionContext(inText, inText.doc.length, true))).toBeNull();
    const after = open('let a = hour("Euro") + ').view.state;
    expect(completeRules(new CompletionContext(after, after.doc.length, true))).not.toBeNull();
  });

  it('says what a function does', async () => {
    const { view, goTo } = open('let b = stocha');
    goTo(14);
    startCompletion(view);
    await vi.waitFor(() =>
      expect(document.querySelector('.cm-completionInfo')?.textContent).toContain(
        'stochastic(period = 14, smoothing = 3, signal = 3)',
      ),
    );
  });
});
