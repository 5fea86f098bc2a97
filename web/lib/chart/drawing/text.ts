/** Words at a point. */
import { nothing, spotOf, type DrawingTool } from './shape.ts';
import { say } from '../../words/language.ts';

export const text: DrawingTool = {
  name: 'text',
  title: say`Text`,
  key: 'X',
  points: 1,
  isSolid: true,
  hasText: true,
  shape([point], view, words) {
    if (!point) return nothing;
    const at = spotOf(point, view);
    const lines = (words === '' ? say`Text` : words).split('\n');
    return {
      ...nothing,
      texts: [{ at, lines, align: 'left', side: 'above', isBoxed: true }],
      handles: [at],
    };
  },
};
