/** Fibonacci retracements of a move: 1 where it began, 0 where it ended. */
import { priceText } from '../../words/numbers.ts';
import { nothing, spotOf, type DrawingTool } from './shape.ts';
import { say } from '../../words/language.ts';

export const fibonacciLevels = [0, 0.236, 0.382, 0.5, 0.618, 0.786, 1] as const;

/** The price of a level between the beginning and the end of a move. */
export function levelPrice(beginPrice: number, endPrice: number, level: number): number {
  return endPrice + (beginPrice - endPrice) * level;
}

export const fibonacci: DrawingTool = {
  name: 'fibonacci',
  title: say`Fibonacci retracement`,
  key: 'F',
  points: 2,
  shape(points, view) {
    const [from, to] = points.map((point) => spotOf(point, view));
    const [begin, end] = points;
    if (!from || !begin) return nothing;
    if (!to || !end) return { ...nothing, handles: [from] };
    const left = Math.min(from.x, to.x);
    const right = Math.max(from.x, to.x, left + 60);
    const levels = fibonacciLevels.map((level) => {
      const price = levelPrice(begin.price, end.price, level);
      return { level, price, y: view.y(price) };
    });
    return {
      lines: [
        ...levels.map(({ y }) => ({ from: { x: left, y }, to: { x: right, y } })),
        { from, to, isFaint: true },
      ],
      areas: [
        [
          { x: left, y: from.y },
          { x: right, y: from.y },
          { x: right, y: to.y },
          { x: left, y: to.y },
        ],
      ],
      texts: levels.map(({ level, price, y }) => ({
        at: { x: left + 4, y: y - 2 },
        lines: [`${level}  ${priceText(price, view.digits)}`],
        align: 'left',
        side: 'below',
        isBoxed: false,
      })),
      handles: [from, to],
    };
  },
};
