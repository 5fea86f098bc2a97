/** From the text of a code strategy to JavaScript and its inputs, or to everything wrong with it. */
import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@lezer/javascript';
import type { Problem } from '../rules/problem.ts';
import type { ProgramInput } from '../rules/program.ts';
import { createReport, type Report } from '../rules/report.ts';
import { readInputs } from './read-inputs.ts';
import { stripTypes } from './strip-types.ts';

/** In UTF-16 units. */
export const longestCode = 262_144;

export interface CodeProgram {
  /** As long as the text, with every character that is left in its place. */
  readonly javascript: string;
  readonly inputs: readonly ProgramInput[];
}

export interface ReadCode {
  /** null if and only if a problem is an error. */
  readonly program: CodeProgram | null;
  /** In the order of the text. */
  readonly problems: readonly Problem[];
}

const typescript = parser.configure({ dialect: 'ts' });

/** Reads a text without running it; never throws, whatever the text. */
export function readCode(source: string): ReadCode {
  const report = createReport(source);
  if (source.length > longestCode) {
    const excess = { from: longestCode, to: source.length };
    report.error(excess, `The text is longer than ${longestCode} characters.`);
    return { program: null, problems: report.problems() };
  }
  const text = withoutCatchTypes(source);
  const tree = typescript.parse(text);
  checkWhole(text, tree, report);
  const inputs = readInputs(text, tree, report);
  if (!exportsFunction(text, tree, 'next')) {
    const start = { from: 0, to: Math.min(source.length, 1) };
    report.error(start, 'A strategy exports a function called next.', template);
  }
  const problems = report.problems();
  if (problems.some(({ severity }) => severity === 'error')) return { program: null, problems };
  return { program: { javascript: stripTypes(text, tree), inputs }, problems };
}

const template = 'Write export function next(ctx) { … }, which is called for each closed bar.';

/** The grammar does not know the type of what is caught: blanked out beforehand. */
function withoutCatchTypes(source: string): string {
  return source.replace(
    /(\bcatch\s*\(\s*[\w$]+\s*)(:\s*(?:unknown|any)\s*)(?=\))/g,
    (_, head: string, type: string) => head + type.replaceAll(/[^\r\n]/g, ' '),
  );
}

/** Why a node of the tree cannot be run, by its name. */
const refused: Readonly<Record<string, readonly [reason: string, suggestion: string]>> = {
  ImportDeclaration: ['A strategy cannot import: it is one text by itself.', ''],
  DynamicImport: ['A strategy cannot import: it is one text by itself.', ''],
  ImportMeta: ['A strategy is not loaded from anywhere.', ''],
  EnumDeclaration: ['An enum is more than types.', 'Use an object of constants.'],
  NamespaceDeclaration: ['A namespace is more than types.', 'Use plain functions.'],
  Decorator: ['Decorators are not supported.', ''],
  AwaitExpression: ['A strategy cannot wait: each bar is answered at once.', 'Leave out await.'],
  TypeAssertion: ['This form of a type assertion is not supported.', 'Use value as Type.'],
};

function checkWhole(source: string, tree: Tree, report: Report): void {
  tree.iterate({
    enter: ({ node }) => {
      if (node.type.isError) report.error(wordAt(source, node), reasonAt(source, node));
      const words = refused[node.name];
      if (words && !(node.name === 'ImportDeclaration' && node.getChild('type'))) {
        report.error(node, ...words);
      }
      if (node.name === 'Privacy' && node.parent?.name === 'ParamList') {
        report.error(node, 'A parameter cannot make a field.', 'Assign it in the constructor.');
      }
    },
  });
}

/** The word or sign that stands where the grammar found something else. */
function wordAt(source: string, { from, to }: SyntaxNode): { from: number; to: number } {
  if (to > from) return { from, to };
  const rest = /^\s*([\w$]+|.)?/.exec(source.slice(from, from + 200))!;
  const end = from + rest[0].length;
  return { from: end - (rest[1]?.length ?? 0), to: end };
}

function reasonAt(source: string, node: SyntaxNode): string {
  const { from, to } = wordAt(source, node);
  const word = source.slice(from, Math.min(to, from + 40));
  if (word === '') return 'The text ends too early.';
  return node.to > node.from
    ? `${word} does not belong here.`
    : `Something is missing before ${word}.`;
}

function exportsFunction(source: string, tree: Tree, wanted: string): boolean {
  return tree.topNode.getChildren('ExportDeclaration').some((exported) => {
    const declared =
      exported.getChild('FunctionDeclaration') ?? exported.getChild('VariableDeclaration');
    const names = (declared ?? exported.getChild('ExportGroup'))?.getChildren(
      declared ? 'VariableDefinition' : 'VariableName',
    );
    return (names ?? []).some(({ from, to }) => source.slice(from, to) === wanted);
  });
}
