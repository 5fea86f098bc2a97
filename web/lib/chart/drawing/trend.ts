/** A trend line between two points. */
import { nothing, spotOf, type DrawingTool } from './shape.ts';
import { say } from '../../words/language.ts';

export const trend: DrawingTool = {
  name: 'trend',
  title: say`Trend line`,
  key: 'T',
  points: 2,
  shape(points, view) {
    const [from, to] = points.map((point) => spotOf(point, view));
    if (!from) return nothing;
    if (!to) return { ...nothing, handles: [from] };
    return { ...nothing, lines: [{ from, to }], handles: [from, to] };
  },
};
