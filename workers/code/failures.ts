/** What a machine threw, as a failure that names the cause and the place in the trader's text. */
import type { Problem } from '#core/rules/problem.ts';
import { createReport } from '#core/rules/report.ts';
import type { CodeFailure } from './api.ts';
import type { Thrown } from './machine.ts';
import type { Watch } from './watch.ts';

interface Described {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

/** For what left the machine by itself: an interrupted loop, no memory, a broken machine. */
export function callFailure(
  thrown: Thrown,
  source: string,
  watch: Pick<Watch, 'wasEndless'>,
): CodeFailure {
  const described = parseDescribed(thrown.text);
  if (watch.wasEndless()) {
    return at(described?.stack ?? '', source, 'code.endless', 'This never comes to an end.');
  }
  if (thrown.kind === 'broken' || /out of memory/.test(thrown.text))
    return memoryFailure(thrown.text);
  return described ? describedFailure(described, source) : memoryFailure(thrown.text);
}

/** For what the strategy threw; null = there was no memory left to say what. */
export function thrownFailure(text: string | null, source: string): CodeFailure {
  const described = text === null ? null : parseDescribed(text);
  return described ? describedFailure(described, source) : memoryFailure('');
}

function describedFailure({ name, message, stack }: Described, source: string): CodeFailure {
  if (name === 'InternalError' && /out of memory|string too long/.test(message)) {
    return memoryFailure(message);
  }
  if (name === 'SyntaxError' && !/ at \w/.test(stack.replace(/ at strategy/, ''))) {
    return at(stack, source, 'code.syntax', `${message}.`);
  }
  return at(stack, source, 'code.threw', name === 'Error' ? message : `${name}: ${message}`);
}

function memoryFailure(text: string): CodeFailure {
  const detail = `The strategy needs more memory than it is given${text ? ` (${text})` : ''}.`;
  return { code: 'code.memory', detail };
}

/** The innermost place of a stack that lies in the trader's text. */
function at(
  stack: string,
  source: string,
  code: 'code.endless' | 'code.threw' | 'code.syntax',
  reason: string,
): CodeFailure {
  const place = /strategy:(\d+)(?::(\d+))?/.exec(stack);
  if (!place) return { code, detail: reason };
  const problem = problemAt(source, {
    line: Number(place[1]),
    column: Number(place[2] ?? 1),
    reason,
  });
  const { line, column } = problem;
  const figures = { line, column };
  return { code, detail: `${line}:${column} ${reason}`, figures, problems: [problem] };
}

function problemAt(
  source: string,
  { line, column, reason }: { line: number; column: number; reason: string },
): Problem {
  const lines = source.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const from = Math.min(before + column - 1, source.length);
  const word = /^[\w$.]+/.exec(source.slice(from, from + 100))?.[0].length ?? 1;
  const report = createReport(source);
  report.error({ from, to: Math.min(from + word, source.length) }, reason);
  return report.problems()[0]!;
}

function parseDescribed(text: string): Described | null {
  try {
    const { name, message, stack } = JSON.parse(text) as Partial<Described>;
    return { name: name ?? 'Error', message: message ?? '', stack: stack ?? '' };
  } catch {
    return null;
  }
}

export function syntaxFailure(problems: readonly Problem[]): CodeFailure {
  const detail = problems
    .filter(({ severity }) => severity === 'error')
    .map(({ line, column, reason, suggestion }) => `${line}:${column} ${reason} ${suggestion}`)
    .map((text) => text.trim())
    .join('\n');
  return { code: 'code.syntax', detail, problems };
}

export const noMemory: CodeFailure = {
  code: 'code.memory',
  detail: 'The strategy needs more memory than it is given.',
};

export const tooMuchOutput: CodeFailure = {
  code: 'code.output-too-large',
  detail: 'The strategy writes more lines than a run keeps.',
};
