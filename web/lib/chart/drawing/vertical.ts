/** A vertical line at an instant. */
import { nothing, spotOf, type DrawingTool } from './shape.ts';
import { say } from '../../words/language.ts';

export const vertical: DrawingTool = {
  name: 'vertical',
  title: say`Vertical line`,
  key: 'V',
  points: 1,
  shape([point], view) {
    if (!point) return nothing;
    const { x, y } = spotOf(point, view);
    return {
      ...nothing,
      lines: [{ from: { x, y: 0 }, to: { x, y: view.height } }],
      handles: [{ x, y: Math.min(Math.max(y, 8), view.height - 8) }],
    };
  },
};
