/** Reads the statements of orders and of varying sizes from the grammar's tree. */
import type { SyntaxNode } from '@lezer/common';
import { expressionsIn, spanOf } from './read-expression.ts';
import { distances, sideOf, unitOf } from './read-statement.ts';
import type { Expression, Reach, Statement, WaitingOrder } from './syntax.ts';

/** null where an expression is nested too deeply, undefined where it is no such statement. */
export function readOrderStatement(source: string, node: SyntaxNode): Statement | null | undefined {
  const at = spanOf(node);
  const values = expressionsIn(source, node);
  if (values.includes(null)) return null;
  const value = values.at(-1)!;
  switch (node.name) {
    case 'EnterStatement': {
      const order = waitingOrder(source, node.getChild('EntryOrder'));
      if (order === null) return null;
      const side = sideOf(source, node)!;
      return { kind: 'enter', ...at, side, order: order ?? null, condition: value };
    }
    case 'ExitStatement':
      if (!node.getChild('After')) return undefined;
      return { kind: 'exitAfter', ...at, side: sideOf(source, node), bars: value };
    case 'TrailStatement': {
      const [distance, after, lock] = reachesOf(source, node);
      if (!distance || after === null || lock === null) return null;
      return { kind: 'trail', ...at, distance, after: after ?? null, lock: lock ?? null };
    }
    case 'BreakevenStatement': {
      const [, after, lock] = reachesOf(source, node);
      if (!after || lock === null) return null;
      return { kind: 'breakeven', ...at, after, lock: lock ?? null };
    }
    case 'TakeStatement': {
      const [reach] = reachesOf(source, node);
      return reach ? { kind: 'take', ...at, part: value, at: reach } : null;
    }
    case 'SizeStatement':
      return readVaryingSize(source, node, value);
    case 'PositionsStatement':
      return { kind: 'positions', ...at, count: value };
    case 'CancelStatement':
      return { kind: 'cancel', ...at };
    default:
      return undefined;
  }
}

/** undefined where there is none. */
function waitingOrder(source: string, node: SyntaxNode | null): WaitingOrder | null | undefined {
  if (!node) return undefined;
  const stop = node.getChild('StopOrder');
  const limit = (stop ?? node).getChild('LimitOrder');
  const price = inner(source, stop ?? limit);
  const second = stop ? inner(source, limit) : undefined;
  const bars = inner(source, node.getChild('Lifetime'));
  if (!price || second === null || bars === null) return null;
  const kind = !stop ? 'limit' : limit ? 'stopLimit' : 'stop';
  return { kind, ...spanOf(node), price, limit: second ?? null, bars: bars ?? null };
}

/** The one expression of a part: undefined without the part, null where it is too deep. */
function inner(source: string, node: SyntaxNode | null): Expression | null | undefined {
  return node ? expressionsIn(source, node)[0]! : undefined;
}

type Part<T> = T | null | undefined;

/** The distance itself, the one after which, the one that is locked. */
function reachesOf(source: string, node: SyntaxNode): [Part<Reach>, Part<Reach>, Part<Reach>] {
  const read = (holder: SyntaxNode | null): Part<Reach> => {
    const reach = holder?.getChild('Reach');
    if (!reach) return undefined;
    const value = inner(source, reach);
    return value && { ...spanOf(reach), value, unit: unitOf(source, reach, 'Distance', distances) };
  };
  return [read(node), read(node.getChild('AfterReach')), read(node.getChild('LockReach'))];
}

function readVaryingSize(
  source: string,
  node: SyntaxNode,
  part: Expression,
): Statement | null | undefined {
  const kelly = node.getChild('Kelly') !== null;
  if (!kelly && !node.getChild('Volatility')) return undefined;
  const windowNode = node.getChild('Window');
  const count = inner(source, windowNode);
  const otherwise = inner(source, node.getChild('Otherwise'));
  if (count === null || otherwise === null) return null;
  const of = windowNode?.getChild('Trips') ? 'trips' : 'bars';
  return {
    kind: 'varyingSize',
    ...spanOf(node),
    by: kelly ? 'kelly' : 'volatility',
    part,
    window: windowNode && count ? { ...spanOf(windowNode), count, of } : null,
    otherwise: otherwise ?? null,
  };
}
