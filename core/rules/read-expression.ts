/** Reads an expression from the grammar's tree. */
import type { SyntaxNode } from '@lezer/common';
import type { BinaryOperator, Expression, Named, Span } from './syntax.ts';

/** Deeper than any rule a person writes, shallow enough for every browser's stack. */
export const deepestNesting = 200;

export function spanOf(node: Span): Span {
  return { from: node.from, to: node.to };
}

export function textOfNode(source: string, node: Span): string {
  return source.slice(node.from, node.to);
}

/** null where the expression is nested too deeply. */
function readExpression(source: string, node: SyntaxNode, depth = 0): Expression | null {
  if (depth > deepestNesting) return null;
  const inner = expressionChildren(node);
  const children: Expression[] = [];
  for (const child of inner) {
    const read = readExpression(source, child, depth + 1);
    if (!read) return null;
    children.push(read);
  }
  const at = spanOf(node);
  const [first, second] = children;
  switch (node.name) {
    case 'Number':
      return { kind: 'number', value: Number(textOfNode(source, node)), ...at };
    case 'Name':
      return { kind: 'name', name: textOfNode(source, node), ...at };
    case 'String':
      return { kind: 'text', value: source.slice(node.from + 1, node.to - 1), ...at };
    case 'List':
      return { kind: 'list', items: children, ...at };
    case 'Comprehension':
      return { kind: 'each', of: first!, name: itemName(source, node), over: second!, ...at };
    case 'Elsewhere':
      return { kind: 'elsewhere', of: first!, ...frameIn(source, node), ...at };
    case 'Parenthesis':
      return { ...first!, ...at };
    case 'Call':
      return { kind: 'call', ...named(source, node, 'FunctionName'), parameters: children, ...at };
    case 'Member':
      return { kind: 'member', of: first!, ...named(source, node, 'MemberName'), ...at };
    case 'History':
      return { kind: 'history', of: first!, barsAgo: second!, ...at };
    case 'Percent':
      return { kind: 'percent', of: first!, ...at };
    case 'Negative':
      return { kind: 'negative', of: first!, ...at };
    case 'Opposite':
      return { kind: 'not', of: first!, ...at };
    default: {
      const operator = operatorAfter(source, inner[0]!);
      return { kind: 'binary', operator, left: first!, right: second!, ...at };
    }
  }
}

function itemName(source: string, node: SyntaxNode): Named {
  const name = node.getChild('ItemName')!;
  return { text: textOfNode(source, name), ...spanOf(name) };
}

function frameIn(source: string, node: SyntaxNode) {
  const frame = node.getChild('Frame')!;
  const symbol = frame.getChild('String');
  const timeframe = frame.getChild('Timeframe');
  const zone = frame.getChild('Days')?.getChild('String') ?? null;
  const unquoted = (node: SyntaxNode): Named => ({
    text: source.slice(node.from + 1, node.to - 1),
    ...spanOf(node),
  });
  return {
    symbol: symbol && unquoted(symbol),
    timeframe: timeframe && { text: textOfNode(source, timeframe), ...spanOf(timeframe) },
    zone: zone && unquoted(zone),
  };
}

function named(source: string, node: SyntaxNode, kind: string): { name: string; nameSpan: Span } {
  const name = node.getChild(kind)!;
  return { name: textOfNode(source, name), nameSpan: spanOf(name) };
}

const expressionNames: ReadonlySet<string> = new Set([
  'Number',
  'String',
  'Name',
  'List',
  'Comprehension',
  'Elsewhere',
  'Parenthesis',
  'Call',
  'Member',
  'History',
  'Percent',
  'Negative',
  'Product',
  'Sum',
  'Comparison',
  'Opposite',
  'Conjunction',
  'Disjunction',
]);

/** The parts of a node that are expressions; a call's are those of its brackets. */
function expressionChildren(node: SyntaxNode): readonly SyntaxNode[] {
  const holder = node.name === 'Call' ? node.getChild('ArgumentList')! : node;
  const found: SyntaxNode[] = [];
  for (let child = holder.firstChild; child; child = child.nextSibling) {
    if (expressionNames.has(child.name)) found.push(child);
  }
  return found;
}

/** The expressions that stand in a node itself, each null where it is nested too deeply. */
export function expressionsIn(source: string, node: SyntaxNode): readonly (Expression | null)[] {
  return expressionChildren(node).map((child) => readExpression(source, child));
}

/** The expression of a statement: the last of its parts that is one, after the name of a `let`. */
export function statementExpression(source: string, statement: SyntaxNode): Expression | null {
  return readExpression(source, expressionChildren(statement).at(-1)!);
}

/** Comments may stand between an operand and its operator. */
function operatorAfter(source: string, operand: SyntaxNode): BinaryOperator {
  let node = operand.nextSibling!;
  while (node.name === 'Comment') node = node.nextSibling!;
  return textOfNode(source, node).toLowerCase() as BinaryOperator;
}
