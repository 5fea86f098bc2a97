/** Reads a statement from the grammar's tree. */
import type { SyntaxNode } from '@lezer/common';
import { expressionsIn, spanOf, statementExpression, textOfNode } from './read-expression.ts';
import { readOrderStatement } from './read-order.ts';
import type {
  DistanceUnit,
  InputStatement,
  LevelStatement,
  Literal,
  Named,
  PlotStatement,
  Side,
  Statement,
} from './syntax.ts';

/** A statement without errors; null where an expression is nested too deeply. */
export function readStatement(source: string, node: SyntaxNode): Statement | null {
  if (node.name === 'InputStatement') return readInput(source, node);
  const order = readOrderStatement(source, node);
  if (order !== undefined) return order;
  if (node.name === 'FunctionStatement') return readFunction(source, node);
  const at = spanOf(node);
  const value = statementExpression(source, node);
  if (!value) return null;
  const side = sideOf(source, node);
  switch (node.name) {
    case 'LetStatement':
      return { kind: 'let', ...at, name: nameOf(source, node), value };
    case 'ExitStatement':
      return { kind: 'exit', ...at, side, condition: value };
    case 'PlotStatement':
      return { kind: 'plot', ...at, value, ...plotPlace(source, node) };
    case 'SizeStatement': {
      const risk = node.getChild('Risk') !== null;
      return { kind: 'size', ...at, risk, value, unit: unitOf(source, node, 'Amount', amounts) };
    }
    default: {
      const kind: LevelStatement['kind'] = node.name === 'StopStatement' ? 'stop' : 'target';
      const unit = unitOf(source, node, 'Distance', distances);
      return { kind, ...at, side, at: node.getChild('At') !== null, value, unit };
    }
  }
}

/** What is left of a statement with errors. */
export function brokenStatement(source: string, node: SyntaxNode): Statement {
  const declares = node.name === 'FunctionStatement' ? 'function' : 'value';
  const named = node.name === 'LetStatement' || node.name === 'InputStatement';
  const found = node.getChild(declares === 'function' ? 'FunctionName' : 'Name');
  const name = found && (named || declares === 'function') ? textOfNode(source, found) : null;
  return { kind: 'broken', ...spanOf(node), declares, name: name && name.toLowerCase() };
}

function readInput(source: string, node: SyntaxNode): InputStatement {
  const range = node.getChild('InputRange');
  const literals = range?.getChildren('SignedNumber').map((one) => literalOf(source, one)) ?? [];
  const [min, max, step] = literals;
  return {
    kind: 'input',
    ...spanOf(node),
    name: nameOf(source, node),
    value: literalOf(source, node.getChild('SignedNumber')!),
    range: min && max ? { min, max, ...(step && { step }) } : null,
  };
}

function readFunction(source: string, node: SyntaxNode): Statement | null {
  const value = statementExpression(source, node);
  const name = node.getChild('FunctionName')!;
  const all = node.getChild('ParameterList')!.getChildren('Parameter');
  const parameters = all.map((one) => {
    // The name itself is an expression of the grammar, and the first of the two.
    const [, preset] = expressionsIn(source, one);
    return { name: nameOf(source, one), default: preset };
  });
  if (!value || parameters.some((one) => one.default === null)) return null;
  return {
    kind: 'function',
    ...spanOf(node),
    name: { ...spanOf(name), text: textOfNode(source, name) },
    parameters: parameters.map((one) => ({ name: one.name, default: one.default ?? null })),
    value,
  };
}

function plotPlace(source: string, node: SyntaxNode): Pick<PlotStatement, 'label' | 'pane'> {
  const text = node.getChild('PlotName')?.getChild('String');
  const place = node.getChild('PlotPlace');
  return {
    label: text ? { ...spanOf(text), text: source.slice(text.from + 1, text.to - 1) } : null,
    pane: place && (place.getChild('Price') ? 'price' : 'own'),
  };
}

function literalOf(source: string, node: SyntaxNode): Literal {
  const text = textOfNode(source, node);
  const size = Number(textOfNode(source, node.getChild('Number')!));
  const value = text.startsWith('-') ? -size : size;
  return { ...spanOf(node), value: text.endsWith('%') ? value / 100 : value };
}

function nameOf(source: string, node: SyntaxNode): Named {
  const name = node.getChild('Name')!;
  return { ...spanOf(name), text: textOfNode(source, name) };
}

export function sideOf(source: string, node: SyntaxNode): Side | null {
  const found = node.getChild('Side');
  return found && (textOfNode(source, found).toLowerCase() as Side);
}

const amounts = ['lots', 'units'] as const;
export const distances: readonly DistanceUnit[] = ['pips', 'points', 'r'];

/** The unit, which a trader may also write in the singular. */
export function unitOf<Unit extends string>(
  source: string,
  node: SyntaxNode,
  kind: 'Amount' | 'Distance',
  units: readonly Unit[],
): Unit | null {
  const found = node.getChild(kind);
  if (!found) return null;
  const written = textOfNode(source, found).toLowerCase();
  return units.find((unit) => unit.startsWith(written)) ?? null;
}
