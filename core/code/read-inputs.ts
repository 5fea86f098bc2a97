/** The inputs that a code strategy declares, read from its text without running it. */
import type { SyntaxNode, Tree } from '@lezer/common';
import type { ProgramInput } from '../rules/program.ts';
import type { Report } from '../rules/report.ts';

const example = 'Write export const inputs = { fast: 10, slow: { default: 30, min: 5, max: 90 } }.';
const rangeKeys: readonly string[] = ['default', 'min', 'max', 'step'];

/** What `export const inputs = { … }` says: numbers, or objects with a default and a range. */
export function readInputs(source: string, tree: Tree, report: Report): readonly ProgramInput[] {
  const object = inputsObject(source, tree);
  if (!object) return [];
  const inputs: ProgramInput[] = [];
  for (const { name, value, node } of properties(source, object, report)) {
    const input = readInput(source, { name, value }, report);
    if (!input) continue;
    if (inputs.some((other) => other.name.toLowerCase() === name.toLowerCase())) {
      report.error(node, `The input ${name} is declared twice.`);
    } else inputs.push(input);
  }
  return inputs;
}

function inputsObject(source: string, tree: Tree): SyntaxNode | null {
  for (const exported of tree.topNode.getChildren('ExportDeclaration')) {
    const declaration = exported.getChild('VariableDeclaration');
    const name = declaration?.getChild('VariableDefinition');
    if (!name || source.slice(name.from, name.to) !== 'inputs') continue;
    const value = bare(declaration!.getChild('Equals')?.nextSibling ?? null);
    return value?.name === 'ObjectExpression' ? value : null;
  }
  return null;
}

/** The value of `value as const` and `value satisfies T`. */
function bare(node: SyntaxNode | null): SyntaxNode | null {
  const typed =
    node?.name === 'BinaryExpression' && (node.getChild('as') ?? node.getChild('satisfies'));
  return typed ? node!.firstChild : node;
}

interface Property {
  readonly name: string;
  readonly value: SyntaxNode;
}

function* properties(
  source: string,
  object: SyntaxNode,
  report: Report,
): Generator<Property & { readonly node: SyntaxNode }> {
  for (const node of object.getChildren('Property')) {
    const key = node.getChild('PropertyDefinition');
    const value = key?.nextSibling?.nextSibling;
    if (key && value) yield { name: source.slice(key.from, key.to), value, node };
    else report.error(node, 'An input is a plain name with a number.', example);
  }
}

function readInput(source: string, { name, value }: Property, report: Report): ProgramInput | null {
  const plain = readNumber(source, value);
  if (plain !== null) return { name, default: plain };
  const parts: Record<string, number> = {};
  if (value.name === 'ObjectExpression') {
    for (const part of properties(source, value, report)) {
      const number = readNumber(source, part.value);
      if (number !== null && rangeKeys.includes(part.name)) parts[part.name] = number;
      else report.error(part.node, `The input ${name} has no such part.`, example);
    }
  }
  const { default: standard, min, max, step } = parts;
  if (standard === undefined || (min ?? standard) > standard || (max ?? standard) < standard) {
    report.error(value, `The input ${name} needs a number within its range.`, example);
    return null;
  }
  return {
    name,
    default: standard,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(step !== undefined && { step }),
  };
}

function readNumber(source: string, node: SyntaxNode): number | null {
  const text = source.slice(node.from, node.to).replaceAll('_', '');
  const isNumber = node.name === 'Number' || node.name === 'UnaryExpression';
  const value = isNumber && /^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(text) ? Number(text) : NaN;
  return Number.isFinite(value) ? value : null;
}
