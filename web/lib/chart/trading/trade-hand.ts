/**
 * The pointer and the keys on lines of trades: a mouse takes a line anywhere, a finger by a long
 * press on its tag, a key by the tag that has the focus. Escape lets go of it where it was.
 */
import type { Instrument } from '#core/broker/instrument.ts';
import type { PaneChart } from '../pane-chart.ts';
import { LineDrag, type Held } from './line-drag.ts';
import type { TradeLine } from './trade-line.ts';

export interface TradeHandPorts {
  /** Those that can be taken, each with the price at which it is drawn. */
  lines(): readonly { readonly line: TradeLine; readonly price: number }[];
  instrument(): Instrument | undefined;
  /** False while the hand holds a tool for drawing. */
  isFree(): boolean;
  held(line: TradeLine | null, held: Held | null): void;
  dropped(line: TradeLine, price: number): void;
}

export interface TradeHand {
  /** The pointer went down on the tag of a line that is drawn at `price`. */
  press(event: PointerEvent, line: TradeLine, price: number): void;
  /** A key on the tag. */
  pressed(event: KeyboardEvent, line: TradeLine, price: number): void;
  /** False where nothing was held. */
  cancel(): boolean;
  destroy(): void;
}

const reachPx = 4;
const longPressMs = 350;
const strayPx = 10;
const manyTicks = 10;

export function attachTradeHand(
  element: HTMLElement,
  chart: PaneChart,
  ports: TradeHandPorts,
): TradeHand {
  const { place } = chart;
  const drag = new LineDrag(place);
  let line: TradeLine | null = null;
  let isByKey = false;
  let waiting: {
    readonly timer: ReturnType<typeof setTimeout>;
    readonly from: PointerEvent;
  } | null = null;

  const yOf = (event: PointerEvent) => event.clientY - element.getBoundingClientRect().top;

  function take(next: TradeLine, price: number, y: number): void {
    line = next;
    drag.grab(price, y);
    // A field that has the focus would go on showing what was typed in it.
    const { activeElement } = document;
    if (activeElement instanceof HTMLInputElement) activeElement.blur();
    chart.hold(true);
    chart.freezePrices(true);
    ports.held(line, drag.held);
  }
  function letGo(): void {
    line = null;
    isByKey = false;
    chart.hold(false);
    chart.freezePrices(false);
    ports.held(null, null);
  }
  function stopWaiting(): void {
    if (waiting) clearTimeout(waiting.timer);
    waiting = null;
  }
  function cancel(): boolean {
    stopWaiting();
    const wasHeld = drag.cancel();
    if (wasHeld) letGo();
    return wasHeld;
  }
  function drop(): void {
    const instrument = ports.instrument();
    const moved = line;
    const price = instrument ? drag.drop(instrument) : null;
    drag.cancel();
    letGo();
    if (moved && price !== null) ports.dropped(moved, price);
  }

  function lineAt(event: PointerEvent) {
    const { left, top } = element.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    if (x < 0 || y < 0 || x > place.width || y > place.height) return null;
    const away = (price: number) => Math.abs(place.y(price) - y);
    const near = ports
      .lines()
      .filter(({ line: each, price }) => each.isMovable && away(price) <= reachPx)
      .sort((a, b) => away(a.price) - away(b.price));
    return near[0] ?? null;
  }
  const isTaking = (event: PointerEvent) =>
    event.button === 0 && event.isPrimary && event.pointerType !== 'touch' && ports.isFree();

  /** Before the hand that draws, which would take what lies under the line. */
  function down(event: PointerEvent): void {
    if (!(event.target instanceof Node) || !element.contains(event.target)) return;
    const found = isTaking(event) && ports.instrument() ? lineAt(event) : null;
    if (!found) return;
    event.stopPropagation();
    take(found.line, found.price, yOf(event));
  }
  function moved(event: PointerEvent): void {
    if (waiting && event.pointerId === waiting.from.pointerId) {
      const { clientX, clientY } = waiting.from;
      if (Math.hypot(event.clientX - clientX, event.clientY - clientY) > strayPx) stopWaiting();
    }
    const instrument = ports.instrument();
    if (line && !isByKey && event.isPrimary && instrument) {
      ports.held(line, drag.move(yOf(event), instrument));
    } else if (event.pointerType === 'mouse' && event.buttons === 0) {
      const isOver =
        event.target instanceof Node && element.contains(event.target) && ports.isFree();
      element.classList.toggle('over-line', isOver && lineAt(event) !== null);
    }
  }
  function up(event: PointerEvent): void {
    stopWaiting();
    if (line && !isByKey && event.isPrimary) drop();
  }
  function escaped(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !cancel()) return;
    event.stopPropagation();
    event.preventDefault();
  }
  const lost = () => void cancel();

  const around = element.parentElement ?? element;
  around.addEventListener('pointerdown', down, { capture: true });
  addEventListener('pointermove', moved);
  addEventListener('pointerup', up);
  addEventListener('pointercancel', lost);
  addEventListener('keydown', escaped, { capture: true });
  addEventListener('blur', lost);
  return {
    press(event, pressed, price) {
      if (event.button !== 0 || !event.isPrimary || !pressed.isMovable || !ports.isFree()) return;
      const y = yOf(event);
      if (event.pointerType !== 'touch') return take(pressed, price, y);
      stopWaiting();
      const timer = setTimeout(() => {
        waiting = null;
        navigator.vibrate?.(10);
        take(pressed, price, y);
      }, longPressMs);
      waiting = { timer, from: event };
    },
    pressed(event, pressed, price) {
      const instrument = ports.instrument();
      if (!instrument || !pressed.isMovable || event.ctrlKey || event.metaKey || event.altKey)
        return;
      const ticks = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (ticks !== undefined) {
        event.preventDefault();
        if (line?.id !== pressed.id) {
          cancel();
          take(pressed, price, 0);
        }
        isByKey = true;
        ports.held(pressed, drag.nudge(event.shiftKey ? ticks * manyTicks : ticks, instrument));
      } else if (event.key === 'Enter' && isByKey && !event.repeat) {
        event.preventDefault();
        drop();
      }
    },
    cancel,
    destroy() {
      cancel();
      around.removeEventListener('pointerdown', down, { capture: true });
      removeEventListener('pointermove', moved);
      removeEventListener('pointerup', up);
      removeEventListener('pointercancel', lost);
      removeEventListener('keydown', escaped, { capture: true });
      removeEventListener('blur', lost);
    },
  };
}
