/** The trader's drawings over the bars of a chart: drawn, and found under the pointer. */
import type { Drawing, DrawnPoint } from '#core/collections/drawing.ts';
import type { ChartPlace } from '../chart-place.ts';
import type { ChartColours } from '../colours.ts';
import { inkNamed } from '../inks.ts';
import { ChartLayer } from '../layer.ts';
import { boxOfText, hitOf, textLinePx, textPaddingPx, type Hit } from './hit.ts';
import { nothing, type Shape, type ShapeText, type Spot } from './shape.ts';
import { toolNamed } from './tools.ts';

/** What is being made, before it is a drawing. */
export interface DrawingDraft {
  readonly tool: string;
  readonly ink: string;
  readonly points: readonly DrawnPoint[];
}

export interface Found {
  readonly drawing: Drawing;
  readonly hit: Hit;
}

interface LayerState {
  readonly drawings: readonly Drawing[];
  readonly selectedId: string | null;
  /** The selected one as it is being moved. */
  readonly moving: readonly DrawnPoint[] | null;
  readonly draft: DrawingDraft | null;
}

const emptyState: LayerState = { drawings: [], selectedId: null, moving: null, draft: null };
const handlePx = 4.5;

export class DrawingLayer extends ChartLayer {
  private state = emptyState;
  private readonly place: ChartPlace;
  private readonly colours: () => ChartColours;

  constructor(place: ChartPlace, colours: () => ChartColours) {
    super('top');
    this.place = place;
    this.colours = colours;
  }
  set(change: Partial<LayerState>): void {
    this.state = { ...this.state, ...change };
    this.redraw();
  }

  /** The drawing under a spot: the selected one first, then what was drawn last. */
  find(spot: Spot, reachPx: number): Found | null {
    const { drawings, selectedId } = this.state;
    const order = drawings.toSorted(
      (a, b) =>
        Number(b.id === selectedId) - Number(a.id === selectedId) || b.createdMs - a.createdMs,
    );
    for (const drawing of order) {
      const hit = hitOf(this.shapeOf(drawing), spot, {
        reachPx,
        isSolid: toolNamed(drawing.tool)?.isSolid ?? false,
        hasHandles: drawing.id === selectedId && !drawing.isLocked,
      });
      if (hit) return { drawing, hit };
    }
    return null;
  }

  private shapeOf({ tool, points, text, id }: Drawing): Shape {
    const { selectedId, moving } = this.state;
    const now = id === selectedId ? (moving ?? points) : points;
    return toolNamed(tool)?.shape(now, this.place, text) ?? nothing;
  }
  protected draw(context: CanvasRenderingContext2D): void {
    const { drawings, selectedId, draft } = this.state;
    for (const drawing of drawings) {
      const isSelected = drawing.id === selectedId;
      this.paint(context, this.shapeOf(drawing), { ink: drawing.ink, isSelected });
    }
    const made = draft && toolNamed(draft.tool)?.shape(draft.points, this.place, '');
    if (draft && made) this.paint(context, made, { ink: draft.ink, isSelected: true });
  }

  private paint(
    context: CanvasRenderingContext2D,
    { lines, areas, texts, handles }: Shape,
    { ink, isSelected }: { readonly ink: string; readonly isSelected: boolean },
  ): void {
    const { inks, faintInks, surface } = this.colours();
    const colour = inks[inkNamed(ink)];
    context.fillStyle = faintInks[inkNamed(ink)];
    for (const corners of areas) {
      context.beginPath();
      for (const { x, y } of corners) context.lineTo(x, y);
      context.fill();
    }
    context.strokeStyle = colour;
    context.lineWidth = isSelected ? 2 : 1.5;
    for (const { from, to, isFaint } of lines) {
      context.setLineDash(isFaint ? [4, 4] : []);
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
      context.stroke();
    }
    context.setLineDash([]);
    for (const text of texts) paintText(context, text, { colour, surface });
    if (!isSelected) return;
    context.fillStyle = surface;
    for (const { x, y } of handles) {
      context.beginPath();
      context.arc(x, y, handlePx, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    }
  }
}

function paintText(
  context: CanvasRenderingContext2D,
  text: ShapeText,
  { colour, surface }: { readonly colour: string; readonly surface: string },
): void {
  const [corner, , opposite] = boxOfText(text);
  if (!corner || !opposite) return;
  if (text.isBoxed) {
    context.fillStyle = surface;
    context.globalAlpha = 0.85;
    context.fillRect(corner.x, corner.y, opposite.x - corner.x, opposite.y - corner.y);
    context.globalAlpha = 1;
  }
  context.font = '12px system-ui, sans-serif';
  context.fillStyle = colour;
  context.textAlign = text.align;
  context.textBaseline = 'middle';
  const x = {
    left: corner.x + textPaddingPx,
    center: text.at.x,
    right: opposite.x - textPaddingPx,
  };
  text.lines.forEach((line, at) => {
    const y = corner.y + textPaddingPx + (at + 0.5) * textLinePx;
    context.fillText(line, x[text.align], y);
  });
}
