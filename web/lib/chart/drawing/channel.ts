/** A channel: a line between two points, and its parallel through a third. */
import { nothing, spotOf, type DrawingTool } from './shape.ts';
import { say } from '../../words/language.ts';

export const channel: DrawingTool = {
  name: 'channel',
  title: say`Parallel channel`,
  key: 'C',
  points: 3,
  shape(points, view) {
    const [from, to, third] = points.map((point) => spotOf(point, view));
    if (!from) return nothing;
    if (!to) return { ...nothing, handles: [from] };
    const base = { from, to };
    if (!third) return { ...nothing, lines: [base], handles: [from, to] };
    const run = to.x - from.x;
    const along = run === 0 ? from.y : from.y + ((third.x - from.x) / run) * (to.y - from.y);
    const by = third.y - along;
    const shifted = (share: number) => ({
      from: { x: from.x, y: from.y + by * share },
      to: { x: to.x, y: to.y + by * share },
    });
    const far = shifted(1);
    return {
      texts: [],
      lines: [base, far, { ...shifted(0.5), isFaint: true }],
      areas: [[from, to, far.to, far.from]],
      handles: [from, to, third],
    };
  },
};
