/**
 * Tells when the trader has scrolled near an edge of what a chart holds.
 *
 * Only once the motion rests: the library measures a drag from where it began, so bars put in
 * under a moving hand would make the chart jump. Only scrolling counts: a view fitted to all
 * bars touches both edges and asks for nothing.
 */
import type { IChartApi } from 'lightweight-charts';

export interface EdgeOptions {
  readonly barsHeld: () => number;
  /** `viewBars` are in sight. */
  readonly onEdge: (edge: 'older' | 'newer', viewBars: number) => void;
}

const restMs = 140;
const leastMarginBars = 40;
const motions = ['pointermove', 'wheel', 'touchmove'] as const;
const releases = ['pointerup', 'pointercancel', 'touchend', 'touchcancel'] as const;
const quietly = { passive: true, capture: true } as const;

/** Follows until the returned function is called. */
export function followEdges(
  element: HTMLElement,
  chart: IChartApi,
  { barsHeld, onEdge }: EdgeOptions,
): () => void {
  let isHeld = false;
  let isMoved = false;
  let direction = 0;
  let seenFrom: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const scale = chart.timeScale();

  function rested(): void {
    const range = scale.getVisibleLogicalRange();
    if (!range || isHeld || !isMoved) return;
    isMoved = false;
    const viewBars = range.to - range.from;
    const margin = Math.max(leastMarginBars, viewBars / 2);
    if (direction < 0 && range.from < margin) onEdge('older', viewBars);
    if (direction > 0 && range.to > barsHeld() - margin) onEdge('newer', viewBars);
  }
  function wait(): void {
    clearTimeout(timer);
    timer = setTimeout(rested, restMs);
  }
  const moved = () => (isMoved = true);
  const held = () => (isHeld = true);
  const released = () => {
    isHeld = false;
    wait();
  };
  scale.subscribeVisibleLogicalRangeChange((range) => {
    if (!range) return;
    direction = seenFrom === null ? 0 : Math.sign(range.from - seenFrom) || direction;
    seenFrom = range.from;
    wait();
  });
  for (const name of motions) element.addEventListener(name, moved, quietly);
  element.addEventListener('pointerdown', held, quietly);
  for (const name of releases) addEventListener(name, released, quietly);
  return () => {
    clearTimeout(timer);
    for (const name of motions) element.removeEventListener(name, moved, quietly);
    element.removeEventListener('pointerdown', held, quietly);
    for (const name of releases) removeEventListener(name, released, quietly);
  };
}
