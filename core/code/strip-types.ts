/**
 * TypeScript with its types blanked out: what is left is JavaScript of the same length, so that a
 * line and column of one is the same line and column of the other.
 */
import type { SyntaxNode, Tree } from '@lezer/common';

/** Nodes that say something of types alone, wherever they stand. */
const types: ReadonlySet<string> = new Set([
  'TypeAnnotation',
  'TypeParamList',
  'TypeArgList',
  'TypePredicate',
  'Optional',
  'Privacy',
  'Definite',
  'readonly',
  'override',
]);

/** Statements of types alone; a semicolon stays, so that the lines around do not join. */
const statements: ReadonlySet<string> = new Set([
  'InterfaceDeclaration',
  'TypeAliasDeclaration',
  'AmbientDeclaration',
]);

interface Span {
  readonly from: number;
  readonly to: number;
  /** Ends the statement before it. */
  readonly semicolon?: boolean;
}

/** The text without its types; `tree` is of that text and free of errors. */
export function stripTypes(source: string, tree: Tree): string {
  const characters = source.split('');
  tree.iterate({
    enter: ({ node }) => {
      const span = typeSpan(node, source);
      if (!span) return true;
      blank(characters, span);
      return span.from > node.from || span.to < node.to;
    },
  });
  return characters.join('');
}

function blank(characters: string[], { from, to, semicolon }: Span): void {
  for (let at = from; at < to; at++) {
    if (!/[\r\n\u2028\u2029]/.test(characters[at]!)) characters[at] = ' ';
  }
  if (semicolon) characters[from] = ';';
}

/** What of the node is no JavaScript; null = it may hold such parts, and is none. */
function typeSpan(node: SyntaxNode, source: string): Span | null {
  const { name, from, to } = node;
  if (types.has(name)) return { from, to };
  if (statements.has(name)) return { from, to, semicolon: true };
  switch (name) {
    case 'as':
    case 'satisfies':
      return { from, to: node.nextSibling?.to ?? to };
    case 'implements':
      return { from, to: node.parent?.getChild('ClassBody')?.from ?? to };
    case 'LogicOp':
      return isNonNull(node, source) ? { from, to } : null;
    case 'ImportDeclaration':
    case 'ExportDeclaration':
      return isOfTypes(node) ? { from, to, semicolon: true } : null;
    case 'FunctionDeclaration':
      return node.getChild('Block') ? null : { from, to, semicolon: true };
    case 'MethodDeclaration':
      return node.getChild('Block') ? null : { from, to };
    case 'PropertyDeclaration':
      return node.getChild('declare') || node.getChild('abstract') ? { from, to } : null;
    case 'abstract':
      return { from, to };
    case 'this':
      return thisParameter(node);
    default:
      return null;
  }
}

function isNonNull(node: SyntaxNode, source: string): boolean {
  return source.slice(node.from, node.to) === '!' && node.parent?.name !== 'UnaryExpression';
}

/** `import type`, `export type` and `export interface`. */
function isOfTypes(node: SyntaxNode): boolean {
  return ['type', ...statements].some((name) => node.getChild(name) !== null);
}

/** `this: T` as the first parameter, with the comma behind it. */
function thisParameter(node: SyntaxNode): Span | null {
  if (node.parent?.name !== 'ParamList') return null;
  const annotation = node.nextSibling;
  const comma = annotation?.nextSibling;
  return { from: node.from, to: comma?.name === ',' ? comma.to : (annotation?.to ?? node.to) };
}
