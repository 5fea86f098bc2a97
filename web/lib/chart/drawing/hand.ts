/**
 * The hand that draws: a new drawing point by point, or one that is there moved, whole or by a
 * handle. It knows of no screen: it is told where the pointer is, and tells what comes of it.
 */
import type { DrawnPoint } from '#core/collections/drawing.ts';
import type { Spot } from './shape.ts';

export interface HandAt {
  readonly spot: Spot;
  /** Where that is on the chart, by the magnet if it is on. */
  readonly point: DrawnPoint;
}

export interface HandPorts {
  /** What is being made looks like this now; null = nothing is. */
  preview(points: readonly DrawnPoint[] | null): void;
  finish(points: readonly DrawnPoint[]): void;
  /** What is being moved looks like this now; null = as before. */
  moving(points: readonly DrawnPoint[] | null): void;
  moved(points: readonly DrawnPoint[]): void;
  /** A point as far from another as the pointer has gone from where it was set down. */
  shifted(point: DrawnPoint, from: HandAt, to: HandAt): DrawnPoint;
}

/** Less than this is a press, not a drag. */
const dragPx = 5;

type State =
  | { readonly is: 'idle' }
  | { readonly is: 'making'; readonly set: readonly DrawnPoint[]; readonly down: HandAt | null }
  | {
      readonly is: 'moving';
      readonly points: readonly DrawnPoint[];
      readonly handle: number | null;
      readonly down: HandAt;
      readonly isDragged: boolean;
    };

export class DrawingHand {
  private state: State = { is: 'idle' };
  private wanted = 0;
  private readonly ports: HandPorts;

  constructor(ports: HandPorts) {
    this.ports = ports;
  }

  /** Takes up a tool of so many points, or puts it away with 0. */
  take(points: number): void {
    this.cancel();
    this.wanted = points;
  }
  get isBusy(): boolean {
    return this.state.is !== 'idle';
  }

  /** Takes hold of a drawing: of one handle, or null for all of it. */
  grab(points: readonly DrawnPoint[], handle: number | null, down: HandAt): void {
    this.state = { is: 'moving', points, handle, down, isDragged: false };
  }

  down(at: HandAt): void {
    if (this.wanted === 0) return;
    const set = this.state.is === 'making' ? this.state.set : [];
    this.put([...set, at.point], at);
  }
  move(at: HandAt): void {
    const { state } = this;
    if (state.is === 'making') this.ports.preview([...state.set, at.point]);
    if (state.is !== 'moving') return;
    const isDragged = state.isDragged || isFar(state.down, at);
    this.state = { ...state, isDragged };
    if (isDragged) this.ports.moving(this.placed(state, at));
  }
  /** A drag sets the next point where it ends; a press leaves it to the next press. */
  up(at: HandAt): void {
    const { state } = this;
    if (state.is === 'moving') {
      this.state = { is: 'idle' };
      if (state.isDragged) this.ports.moved(this.placed(state, at));
      this.ports.moving(null);
    }
    if (state.is !== 'making' || !state.down) return;
    if (isFar(state.down, at)) this.put([...state.set, at.point], null);
    else this.state = { ...state, down: null };
  }
  cancel(): void {
    const { is } = this.state;
    this.state = { is: 'idle' };
    if (is === 'making') this.ports.preview(null);
    if (is === 'moving') this.ports.moving(null);
  }

  private put(set: readonly DrawnPoint[], down: HandAt | null): void {
    if (set.length < this.wanted) {
      this.state = { is: 'making', set, down };
      this.ports.preview(set);
      return;
    }
    this.state = { is: 'idle' };
    this.wanted = 0;
    this.ports.preview(null);
    this.ports.finish(set);
  }

  private placed(
    { points, handle, down }: Extract<State, { is: 'moving' }>,
    at: HandAt,
  ): readonly DrawnPoint[] {
    if (handle === null) return points.map((point) => this.ports.shifted(point, down, at));
    return points.map((point, k) => (k === handle ? at.point : point));
  }
}

function isFar(a: HandAt, b: HandAt): boolean {
  return Math.hypot(a.spot.x - b.spot.x, a.spot.y - b.spot.y) > dragPx;
}
