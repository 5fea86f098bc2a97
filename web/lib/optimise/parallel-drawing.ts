/** Draws trials as lines across parallel axes: the best on top and in colour, the rest faint. */
import { chartColours } from '#lib/chart/colours.ts';
import { shareOf, type ParallelAxis } from './parallel-axes.ts';

/** More lines than these hide each other. */
export const mostLines = 2_000;

export interface ParallelLines {
  readonly axes: readonly ParallelAxis[];
  /** The best first. */
  readonly trials: Int32Array;
  /** How many of them stand out. */
  readonly best: number;
}

/** `inset` is left free above and below, in CSS pixels. */
export function drawParallel(
  canvas: HTMLCanvasElement,
  { axes, trials, best }: ParallelLines,
  { width, height, inset }: { width: number; height: number; inset: number },
): void {
  const ratio = devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  const host = canvas.parentElement;
  if (!context || !host) return;
  context.scale(ratio, ratio);
  const colours = chartColours(host);
  const x = (at: number) => ((at + 0.5) / axes.length) * width;
  const y = (share: number) => height - inset - share * (height - 2 * inset);
  const line = (trial: number) => {
    context.beginPath();
    let drawing = false;
    axes.forEach((axis, at) => {
      const value = axis.value(trial);
      if (value === null) drawing = false;
      else if (drawing) context.lineTo(x(at), y(shareOf(axis, value)));
      else {
        context.moveTo(x(at), y(shareOf(axis, value)));
        drawing = true;
      }
    });
    context.stroke();
  };
  context.lineJoin = 'round';
  const lines = trials.subarray(0, mostLines);
  context.strokeStyle = colours.line;
  context.globalAlpha = Math.min(0.6, Math.max(0.08, 40 / (lines.length + 1)));
  for (let k = lines.length - 1; k >= best; k--) line(lines[k]!);
  context.strokeStyle = colours.accent;
  context.globalAlpha = Math.min(0.9, Math.max(0.25, 25 / (best + 1)));
  for (let k = Math.min(best, lines.length) - 1; k >= 1; k--) line(lines[k]!);
  context.globalAlpha = 1;
  context.strokeStyle = colours.text;
  context.lineWidth = 2;
  if (lines.length > 0) line(lines[0]!);
}
