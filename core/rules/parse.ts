/** Reads a rule text into statements; what cannot be read is reported and skipped. */
import type { SyntaxNode } from '@lezer/common';
import { explainSyntax } from './explain-syntax.ts';
import { parser } from './parser.gen.ts';
import type { Report } from './report.ts';
import type {
  BinaryOperator,
  Expression,
  LevelStatement,
  Literal,
  Named,
  Side,
  Span,
  Statement,
} from './syntax.ts';

/** Deeper than any rule a person writes, shallow enough for every browser's stack. */
const deepestNesting = 200;

export function parseRules(source: string, report: Report): readonly Statement[] {
  const statements: Statement[] = [];
  const deep = tooDeep(source);
  if (deep !== null) {
    report.error(deep, 'Brackets are nested too deeply.', 'Name the inner parts with let.');
    return [{ kind: 'broken', from: 0, to: source.length, name: null }];
  }
  const reader = createReader(source);
  const top = parser.parse(source).topNode;
  let explainedTo = -1;
  for (let node = top.firstChild; node; node = node.nextSibling) {
    if (node.name === 'Comment') continue;
    const broken = brokenSpan(node);
    if (broken) {
      // What follows on the same line is a consequence of the first mistake.
      if (node.from < explainedTo) continue;
      const lineEnd = source.indexOf('\n', node.to);
      explainedTo = lineEnd < 0 ? source.length : lineEnd;
      explainSyntax(source, span(node), broken, report);
      statements.push(brokenStatement(source, node));
      continue;
    }
    const statement = reader(node);
    if (!statement) {
      report.error(span(node), 'This rule is too long to be read.', 'Name its parts with let.');
    }
    statements.push(statement ?? brokenStatement(source, node));
  }
  return statements;
}

function tooDeep(source: string): Span | null {
  let depth = 0;
  let comment = false;
  for (let i = 0; i < source.length; i++) {
    const character = source[i]!;
    if (character === '\n') comment = false;
    else if (character === '#') comment = true;
    if (comment) continue;
    if (character === '(' || character === '[') depth++;
    else if (character === ')' || character === ']') depth = Math.max(0, depth - 1);
    if (depth > deepestNesting) return { from: i, to: i + 1 };
  }
  return null;
}

/** The first place inside a statement that the grammar could not make sense of. */
function brokenSpan(statement: SyntaxNode): Span | null {
  const cursor = statement.cursor();
  do {
    if (cursor.type.isError) return { from: cursor.from, to: cursor.to };
  } while (cursor.next() && cursor.from <= statement.to && cursor.to <= statement.to);
  return null;
}

function brokenStatement(source: string, statement: SyntaxNode): Statement {
  const declares = statement.name === 'LetStatement' || statement.name === 'InputStatement';
  const name = declares ? statement.getChild('Name') : null;
  return {
    kind: 'broken',
    ...span(statement),
    name: name && source.slice(name.from, name.to).toLowerCase(),
  };
}

function span(node: { readonly from: number; readonly to: number }): Span {
  return { from: node.from, to: node.to };
}

function createReader(source: string): (node: SyntaxNode) => Statement | null {
  const text = (node: SyntaxNode): string => source.slice(node.from, node.to);
  const named = (node: SyntaxNode): Named => ({ ...span(node), text: text(node) });
  const literal = (node: SyntaxNode): Literal => {
    const value = Number(text(node.getChild('Number')!)) * (text(node).startsWith('-') ? -1 : 1);
    return { ...span(node), value: text(node).endsWith('%') ? value / 100 : value };
  };

  const side = (node: SyntaxNode): Side | null => {
    const found = node.getChild('Side');
    return found && (text(found).toLowerCase() as Side);
  };

  const expression = (node: SyntaxNode, depth: number): Expression | null => {
    if (depth > deepestNesting) return null;
    const inner = expressionChildren(node);
    const children: Expression[] = [];
    for (const child of inner) {
      const read = expression(child, depth + 1);
      if (!read) return null;
      children.push(read);
    }
    const at = span(node);
    const [first, second] = children;
    switch (node.name) {
      case 'Number':
        return { kind: 'number', value: Number(text(node)), ...at };
      case 'Name':
        return { kind: 'name', name: text(node), ...at };
      case 'Parenthesis':
        return { ...first!, ...at };
      case 'Call': {
        const name = node.getChild('FunctionName')!;
        return {
          kind: 'call',
          name: text(name),
          nameSpan: span(name),
          parameters: children,
          ...at,
        };
      }
      case 'Member': {
        const name = node.getChild('MemberName')!;
        return { kind: 'member', of: first!, name: text(name), nameSpan: span(name), ...at };
      }
      case 'History':
        return { kind: 'history', of: first!, barsAgo: second!, ...at };
      case 'Percent':
        return { kind: 'percent', of: first!, ...at };
      case 'Negative':
        return { kind: 'negative', of: first!, ...at };
      case 'Opposite':
        return { kind: 'not', of: first!, ...at };
      default: {
        const sign = inner[0]!.nextSibling!;
        const operator = operatorText(sign, text) as BinaryOperator;
        return { kind: 'binary', operator, left: first!, right: second!, ...at };
      }
    }
  };

  const level = (node: SyntaxNode, kind: LevelStatement['kind']): LevelStatement | null => {
    const value = expression(expressionChildren(node)[0]!, 0);
    const unit = node.getChild('Distance');
    return (
      value && {
        kind,
        ...span(node),
        side: side(node),
        at: node.getChild('At') !== null,
        value,
        unit: unit && (/^pip/i.test(text(unit)) ? 'pips' : 'points'),
      }
    );
  };

  return (node) => {
    const at = span(node);
    if (node.name === 'InputStatement') {
      const range = node.getChild('InputRange');
      const [min, max, step] = range ? range.getChildren('SignedNumber').map(literal) : [];
      return {
        kind: 'input',
        ...at,
        name: named(node.getChild('Name')!),
        value: literal(node.getChild('SignedNumber')!),
        range: min && max ? { min, max, ...(step && { step }) } : null,
      };
    }
    if (node.name === 'StopStatement') return level(node, 'stop');
    if (node.name === 'TargetStatement') return level(node, 'target');
    const body = expressionChildren(node).at(-1)!;
    const value = expression(body, 0);
    if (!value) return null;
    switch (node.name) {
      case 'LetStatement':
        return { kind: 'let', ...at, name: named(node.getChild('Name')!), value };
      case 'EnterStatement':
        return { kind: 'enter', ...at, side: side(node)!, condition: value };
      case 'ExitStatement':
        return { kind: 'exit', ...at, side: side(node), condition: value };
      default: {
        const amount = node.getChild('Amount');
        const unit = amount && (/^lot/i.test(text(amount)) ? 'lots' : 'units');
        return { kind: 'size', ...at, risk: node.getChild('Risk') !== null, value, unit };
      }
    }
  };
}

const expressionNames: ReadonlySet<string> = new Set([
  'Number',
  'Name',
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

/** Comments may stand between an operand and its operator. */
function operatorText(after: SyntaxNode, text: (node: SyntaxNode) => string): string {
  let node = after;
  while (node.name === 'Comment') node = node.nextSibling!;
  return text(node).toLowerCase();
}
