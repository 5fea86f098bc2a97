/**
 * The lines as they are drawn and tagged: where the broker has them, and beside that where a hand
 * holds them or a change that is on its way would put them.
 */
import type { Held } from './line-drag.ts';
import type { LineChange } from './line-changes.svelte.ts';
import type { DrawnLine, LineTone } from './trade-layer.ts';
import type { TradeLine } from './trade-line.ts';

export interface ShownLine {
  readonly line: TradeLine;
  /** Where its tag stands: the price it is held at or asked for, else its own. */
  readonly price: number;
  readonly state: 'still' | 'held' | LineChange['state'];
  /** What is being done about it. */
  readonly text: string;
  readonly isGoing: boolean;
}

export interface LinesNow {
  readonly lines: readonly TradeLine[];
  readonly held: { readonly line: TradeLine; readonly held: Held } | null;
  /** Those of the symbol. */
  readonly changes: readonly LineChange[];
}

export function shownLines({ lines, held, changes }: LinesNow): readonly ShownLine[] {
  const extra = [...changes.map(({ line }) => line), ...(held ? [held.line] : [])].filter(
    (line, at, all) =>
      !lines.some(({ id }) => id === line.id) && all.findIndex(({ id }) => id === line.id) === at,
  );
  return [...lines, ...extra].map((line) => {
    if (held?.line.id === line.id) {
      return { line, price: held.held.price, state: 'held', text: '', isGoing: false };
    }
    const change = changes.find((each) => each.line.id === line.id);
    if (!change) return { line, price: line.price, state: 'still', text: '', isGoing: false };
    const { price, state, text } = change;
    return { line, price: price ?? line.price, state, text, isGoing: price === null };
  });
}

function toneOf({ part, side }: TradeLine): LineTone {
  if (part === 'sl') return 'stop';
  if (part === 'tp') return 'target';
  return part === 'trail' ? 'quiet' : side;
}

/** One line where it is, a second where it is going. */
export function drawnLines(
  shown: readonly ShownLine[],
  lines: readonly TradeLine[],
  activeId: string | null,
): readonly DrawnLine[] {
  return shown.flatMap(({ line, price, state }) => {
    const tone = toneOf(line);
    const isOwn = lines.some(({ id }) => id === line.id);
    const isMoving = state !== 'still';
    const isDraft = line.owner === 'draft';
    const isActive = line.id === activeId;
    const now: DrawnLine[] = isOwn
      ? [
          {
            ...{ id: line.id, price: line.price, tone: isMoving ? 'quiet' : tone },
            ...{ isDashed: isDraft || line.part === 'trail', isStrong: isActive && !isMoving },
          },
        ]
      : [];
    const next: DrawnLine[] = isMoving
      ? [{ id: `${line.id} moved`, price, tone, isDashed: true, isStrong: true }]
      : [];
    return isDraft && isMoving ? next : [...now, ...next];
  });
}
