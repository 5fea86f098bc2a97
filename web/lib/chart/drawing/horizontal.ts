/** A horizontal line at a price, across the whole chart. */
import { priceText } from '../../words/numbers.ts';
import { nothing, spotOf, type DrawingTool } from './shape.ts';
import { say } from '../../words/language.ts';

export const horizontal: DrawingTool = {
  name: 'horizontal',
  title: say`Horizontal line`,
  key: 'H',
  points: 1,
  shape([point], view) {
    if (!point) return nothing;
    const at = spotOf(point, view);
    return {
      areas: [],
      lines: [{ from: { x: 0, y: at.y }, to: { x: view.width, y: at.y } }],
      texts: [
        {
          at: { x: view.width - 4, y: at.y - 3 },
          lines: [priceText(point.price, view.digits)],
          align: 'right',
          side: 'below',
          isBoxed: false,
        },
      ],
      handles: [{ x: Math.min(Math.max(at.x, 8), view.width - 8), y: at.y }],
    };
  },
};
