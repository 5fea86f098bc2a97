/** A rectangle between two corners. */
import { nothing, spotOf, type DrawingTool, type ShapeLine, type Spot } from './shape.ts';
import { say } from '../../words/language.ts';

/** The corners in turn, and the lines between them. */
export function boxOf(a: Spot, b: Spot): { corners: readonly Spot[]; lines: readonly ShapeLine[] } {
  const corners = [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }];
  return { corners, lines: corners.map((from, at) => ({ from, to: corners[(at + 1) % 4]! })) };
}

export const rectangle: DrawingTool = {
  name: 'rectangle',
  title: say`Rectangle`,
  key: 'R',
  points: 2,
  isSolid: true,
  shape(points, view) {
    const [from, to] = points.map((point) => spotOf(point, view));
    if (!from) return nothing;
    if (!to) return { ...nothing, handles: [from] };
    const { corners, lines } = boxOf(from, to);
    return { lines, areas: [corners], texts: [], handles: [from, to] };
  },
};
