/** A ruler: how far two points are apart in price, per cent, bars and time. */
import { numberText, signedText } from '../../words/numbers.ts';
import { durationText } from '../../words/times.ts';
import { boxOf } from './rectangle.ts';
import { nothing, spotOf, type DrawingTool } from './shape.ts';
import { say } from '../../words/language.ts';

export const ruler: DrawingTool = {
  name: 'ruler',
  title: say`Ruler`,
  key: 'M',
  points: 2,
  isSolid: true,
  shape(points, view) {
    const [from, to] = points.map((point) => spotOf(point, view));
    const [begin, end] = points;
    if (!from || !begin) return nothing;
    if (!to || !end) return { ...nothing, handles: [from] };
    const { corners } = boxOf(from, to);
    const middle = (from.x + to.x) / 2;
    const level = (from.y + to.y) / 2;
    const moved = end.price - begin.price;
    const pct = begin.price === 0 ? null : (moved / Math.abs(begin.price)) * 100;
    const bars = Math.round(view.barsBetween(begin.ms, end.ms));
    return {
      lines: [
        { from: { x: middle, y: from.y }, to: { x: middle, y: to.y } },
        { from: { x: from.x, y: level }, to: { x: to.x, y: level } },
      ],
      areas: [corners],
      texts: [
        {
          at: { x: middle, y: to.y + (to.y <= from.y ? -6 : 6) },
          lines: [
            `${signedText(moved, view.digits)}${pct === null ? '' : ` (${signedText(pct, 2)} %)`}`,
            say`${numberText(bars)} bars, ${durationText(Math.abs(end.ms - begin.ms))}`,
          ],
          align: 'center',
          side: to.y <= from.y ? 'below' : 'above',
          isBoxed: true,
        },
      ],
      handles: [from, to],
    };
  },
};
