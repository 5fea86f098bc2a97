/** What a drawing comes to on the screen, in pixels of its pane: drawn and hit by the same figures. */
import type { DrawnPoint } from '#core/collections/drawing.ts';

export interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface ShapeLine {
  readonly from: Spot;
  readonly to: Spot;
  readonly isFaint?: boolean;
}

export interface ShapeText {
  readonly at: Spot;
  readonly lines: readonly string[];
  readonly align: 'left' | 'center' | 'right';
  /** Whether `at` is above the text, beneath it, or in its middle. */
  readonly side: 'above' | 'below' | 'middle';
  /** On a ground of the page's colour, and hit like a line. */
  readonly isBoxed: boolean;
}

export interface Shape {
  readonly lines: readonly ShapeLine[];
  /** Filled faintly: the corners in turn. */
  readonly areas: readonly (readonly Spot[])[];
  readonly texts: readonly ShapeText[];
  /** Where it is taken to be changed, one for each of its points. */
  readonly handles: readonly Spot[];
}

/** How the chart lies on the screen. */
export interface ShapeView {
  x(ms: number): number;
  y(price: number): number;
  /** Bars from one instant to another, as a fraction. */
  barsBetween(fromMs: number, toMs: number): number;
  readonly width: number;
  readonly height: number;
  readonly digits: number;
}

export interface DrawingTool {
  /** As it is stored; never changed. */
  readonly name: string;
  readonly title: string;
  /** With Alt, takes the tool up. */
  readonly key: string;
  readonly points: number;
  /** Taken anywhere inside, not at its lines alone. */
  readonly isSolid?: true;
  readonly hasText?: true;
  /** Of as many points as are set, at least one. */
  shape(points: readonly DrawnPoint[], view: ShapeView, text: string): Shape;
}

export const nothing: Shape = { lines: [], areas: [], texts: [], handles: [] };

export function spotOf({ ms, price }: DrawnPoint, view: ShapeView): Spot {
  return { x: view.x(ms), y: view.y(price) };
}
