/** Which part of a drawing lies under the pointer. */
import type { Shape, ShapeText, Spot } from './shape.ts';

export type Hit = { readonly part: 'handle'; readonly at: number } | { readonly part: 'body' };

export interface HitOptions {
  readonly reachPx: number;
  /** Anywhere in its areas counts. */
  readonly isSolid: boolean;
  /** Handles are there to be taken, as they are of what is selected. */
  readonly hasHandles: boolean;
}

/** The figures of the text that a drawing is written in. */
export const textLinePx = 15;
export const textWidthPx = 6.4;
export const textPaddingPx = 4;

export function hitOf(shape: Shape, spot: Spot, options: HitOptions): Hit | null {
  const { reachPx, isSolid, hasHandles } = options;
  if (hasHandles) {
    const at = nearest(shape.handles, spot, reachPx + 4);
    if (at !== null) return { part: 'handle', at };
  }
  const isOnLine = shape.lines.some(({ from, to }) => distance(spot, from, to) <= reachPx);
  const isInside = isSolid && shape.areas.some((corners) => isWithin(spot, corners));
  const isOnText = shape.texts.some((text) => text.isBoxed && isWithin(spot, boxOfText(text)));
  return isOnLine || isInside || isOnText ? { part: 'body' } : null;
}

function nearest(handles: readonly Spot[], { x, y }: Spot, reachPx: number): number | null {
  let best: number | null = null;
  let least = reachPx;
  handles.forEach((handle, at) => {
    const away = Math.hypot(handle.x - x, handle.y - y);
    if (away > least) return;
    least = away;
    best = at;
  });
  return best;
}

/** Of a spot from the segment between two others. */
export function distance(spot: Spot, from: Spot, to: Spot): number {
  const runX = to.x - from.x;
  const runY = to.y - from.y;
  const square = runX * runX + runY * runY;
  const along = square === 0 ? 0 : ((spot.x - from.x) * runX + (spot.y - from.y) * runY) / square;
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(spot.x - from.x - share * runX, spot.y - from.y - share * runY);
}

/** By how many sides a ray to the right crosses. */
function isWithin({ x, y }: Spot, corners: readonly Spot[]): boolean {
  let inside = false;
  corners.forEach((a, at) => {
    const b = corners[(at + 1) % corners.length]!;
    if (a.y > y === b.y > y) return;
    if (x < a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x)) inside = !inside;
  });
  return inside;
}

/** The corners of the ground that a text stands on; its width is near enough. */
export function boxOfText({ at, lines, align, side }: ShapeText): readonly Spot[] {
  const longest = lines.reduce((most, line) => Math.max(most, line.length), 0);
  const width = longest * textWidthPx + 2 * textPaddingPx;
  const height = lines.length * textLinePx + 2 * textPaddingPx;
  const left = at.x - { left: 0, center: width / 2, right: width }[align];
  const top = at.y - { above: 0, middle: height / 2, below: height }[side];
  return [
    { x: left, y: top },
    { x: left + width, y: top },
    { x: left + width, y: top + height },
    { x: left, y: top + height },
  ];
}
