/** Every drawing tool, a line each. */
import { channel } from './channel.ts';
import { fibonacci } from './fibonacci.ts';
import { horizontal } from './horizontal.ts';
import { rectangle } from './rectangle.ts';
import { ruler } from './ruler.ts';
import type { DrawingTool } from './shape.ts';
import { text } from './text.ts';
import { trend } from './trend.ts';
import { vertical } from './vertical.ts';

export const tools: readonly DrawingTool[] = [
  trend,
  horizontal,
  vertical,
  channel,
  fibonacci,
  rectangle,
  text,
  ruler,
];

/** Undefined for one of a later version: it is kept and not drawn. */
export function toolNamed(name: string): DrawingTool | undefined {
  return tools.find((each) => each.name === name);
}
