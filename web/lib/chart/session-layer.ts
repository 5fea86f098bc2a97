/** Bands behind the bars where the markets of a place are open, named at their top. */
import type { ChartColours } from './colours.ts';
import { ChartLayer } from './layer.ts';
import type { ChartPlace } from './chart-place.ts';
import { marketSessions, type SessionSpan } from './sessions.ts';

const stripPx = 3;
const leastNamePx = 52;

export class SessionLayer extends ChartLayer {
  private spans: readonly SessionSpan[] = [];
  private readonly place: ChartPlace;
  private readonly colours: () => ChartColours;

  constructor(place: ChartPlace, colours: () => ChartColours) {
    super('bottom');
    this.place = place;
    this.colours = colours;
  }
  set(spans: readonly SessionSpan[]): void {
    this.spans = spans;
    this.redraw();
  }
  protected draw(
    context: CanvasRenderingContext2D,
    { width, height }: { readonly width: number; readonly height: number },
  ): void {
    const { inks, faintInks } = this.colours();
    context.font = '10px system-ui, sans-serif';
    context.textBaseline = 'bottom';
    for (const { session, fromMs, toMs } of this.spans) {
      const left = this.place.x(fromMs);
      const right = this.place.x(toMs);
      if (right < 0 || left > width || right - left < 2) continue;
      // Sessions overlap: each has a strip of its own at the foot.
      const row = marketSessions.indexOf(session);
      const top = height - (row + 1) * (stripPx + 1);
      context.fillStyle = faintInks[session.ink];
      context.fillRect(left, 0, right - left, height);
      context.fillStyle = inks[session.ink];
      context.fillRect(left, top, right - left, stripPx);
      if (right - left < leastNamePx) continue;
      const nameY = height - marketSessions.length * (stripPx + 1) - 2 - row * 11;
      context.fillText(session.name, Math.max(left, 0) + 3, nameY);
    }
  }
}
