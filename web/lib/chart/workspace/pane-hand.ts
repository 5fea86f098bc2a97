/** The pointer on a pane: draws with the tool in hand, takes hold of what is drawn, else leaves the chart to it. */
import type { Drawing, DrawnPoint } from '#core/collections/drawing.ts';
import type { Bars } from '#core/market/bars.ts';
import { DrawingHand, type HandAt } from '../drawing/hand.ts';
import { snapped } from '../drawing/magnet.ts';
import type { DrawingTool, Spot } from '../drawing/shape.ts';
import type { PaneChart } from '../pane-chart.ts';
import { msAt, placeOf } from '../time-axis.ts';

export interface PaneHandPorts {
  tool(): DrawingTool | null;
  ink(): string;
  hasMagnet(): boolean;
  bars(): Bars | null;
  selected(): Drawing | null;
  /** Nothing of what is drawn is shown, and so nothing of it is taken. */
  hidesDrawings(): boolean;
  /** A press that begins a replay, at the bar of an instant. */
  picking(): ((ms: number) => void) | null;
  select(drawing: Drawing | null): void;
  edit(drawing: Drawing): void;
  finish(tool: DrawingTool, points: readonly DrawnPoint[]): void;
  moved(drawing: Drawing, points: readonly DrawnPoint[]): void;
}

const reachPx = { mouse: 6, touch: 16 };
const magnetPx = 24;

export interface PaneHand {
  /** Called when another tool is taken up. */
  toolChanged(): void;
  cancel(): boolean;
  destroy(): void;
}

export function attachHand(element: HTMLElement, chart: PaneChart, ports: PaneHandPorts): PaneHand {
  const { place } = chart;
  const hand = new DrawingHand({
    preview(points) {
      const tool = ports.tool();
      chart.drawings.set({
        draft: points && tool && { tool: tool.name, ink: ports.ink(), points },
      });
    },
    finish(points) {
      const tool = ports.tool();
      if (tool) ports.finish(tool, points);
    },
    moving: (points) => chart.drawings.set({ moving: points }),
    moved(points) {
      const drawing = ports.selected();
      if (drawing) ports.moved(drawing, points);
    },
    shifted: (point, from, to) => ({
      ms: msAt(
        place.axis,
        placeOf(place.axis, point.ms) + place.placeAt(to.spot.x) - place.placeAt(from.spot.x),
      ),
      price: point.price + (place.priceAt(to.spot.y) ?? 0) - (place.priceAt(from.spot.y) ?? 0),
    }),
  });

  function spotOf(event: PointerEvent): Spot {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }
  function isInside({ x, y }: Spot): boolean {
    return x >= 0 && y >= 0 && x < place.width && y < place.height;
  }
  function at(event: PointerEvent): HandAt {
    const spot = spotOf(event);
    const ms = msAt(place.axis, place.placeAt(spot.x));
    const price = place.priceAt(spot.y) ?? 0;
    const isMagnetic = ports.hasMagnet() !== (event.ctrlKey || event.metaKey);
    const bar = isMagnetic ? barAt(ports.bars(), place.axis.timesMs, ms) : null;
    return { spot, point: { ms, price: snapped(price, bar, { y: place.y, reachPx: magnetPx }) } };
  }
  const find = (event: PointerEvent, spot: Spot) =>
    ports.hidesDrawings()
      ? null
      : chart.drawings.find(spot, event.pointerType === 'touch' ? reachPx.touch : reachPx.mouse);

  function down(event: PointerEvent): void {
    if (event.button !== 0 || !event.isPrimary) return;
    const spot = spotOf(event);
    if (!isInside(spot)) return;
    const pick = ports.picking();
    if (pick) return pick(at(event).point.ms);
    if (ports.tool()) return hand.down(at(event));
    const found = find(event, spot);
    ports.select(found?.drawing ?? null);
    if (!found || found.drawing.isLocked) return;
    chart.hold(true);
    hand.grab(found.drawing.points, found.hit.part === 'handle' ? found.hit.at : null, at(event));
  }
  function moved(event: PointerEvent): void {
    if (hand.isBusy) return hand.move(at(event));
    if (event.pointerType === 'touch' || event.target === null) return;
    const spot = spotOf(event);
    const isOver = !ports.tool() && isInside(spot) && find(event, spot) !== null;
    element.classList.toggle('over-drawing', isOver);
  }
  function up(event: PointerEvent): void {
    if (!event.isPrimary) return;
    if (hand.isBusy) hand.up(at(event));
    if (!ports.tool()) chart.hold(false);
  }
  function cancelled(): void {
    hand.cancel();
    chart.hold(ports.tool() !== null);
  }
  function doubled(event: MouseEvent): void {
    const { left, top } = element.getBoundingClientRect();
    const spot = { x: event.clientX - left, y: event.clientY - top };
    const found = isInside(spot) ? chart.drawings.find(spot, reachPx.mouse) : null;
    if (found && !ports.hidesDrawings()) ports.edit(found.drawing);
  }

  element.addEventListener('pointerdown', down, { capture: true });
  element.addEventListener('dblclick', doubled);
  addEventListener('pointermove', moved);
  addEventListener('pointerup', up);
  addEventListener('pointercancel', cancelled);
  return {
    toolChanged() {
      const tool = ports.tool();
      hand.take(tool?.points ?? 0);
      chart.hold(tool !== null);
    },
    cancel() {
      const wasBusy = hand.isBusy;
      cancelled();
      hand.take(ports.tool()?.points ?? 0);
      return wasBusy;
    },
    destroy() {
      element.removeEventListener('pointerdown', down, { capture: true });
      element.removeEventListener('dblclick', doubled);
      removeEventListener('pointermove', moved);
      removeEventListener('pointerup', up);
      removeEventListener('pointercancel', cancelled);
    },
  };
}

function barAt(bars: Bars | null, timesMs: Float64Array, ms: number) {
  const i = timesMs.indexOf(ms);
  if (!bars || i < 0 || i >= bars.length) return null;
  const { bid, scale } = bars;
  const price = (field: 'open' | 'high' | 'low' | 'close') => bid[field][i]! / scale;
  return { open: price('open'), high: price('high'), low: price('low'), close: price('close') };
}
