/** A layer that draws over or under the bars of a chart, and draws anew when it is told to. */
import type {
  IPrimitivePaneRenderer,
  IPrimitivePaneView,
  ISeriesPrimitive,
  SeriesAttachedParameter,
  Time,
} from 'lightweight-charts';

type Target = Parameters<IPrimitivePaneRenderer['draw']>[0];

export abstract class ChartLayer implements ISeriesPrimitive<Time> {
  private update: () => void = () => undefined;
  private readonly views: readonly IPrimitivePaneView[];

  constructor(order: 'bottom' | 'top') {
    const draw = (target: Target) =>
      target.useMediaCoordinateSpace(({ context, mediaSize }) => {
        context.save();
        this.draw(context, mediaSize);
        context.restore();
      });
    const renderer = order === 'top' ? { draw } : { draw: () => undefined, drawBackground: draw };
    this.views = [{ zOrder: () => order, renderer: () => renderer }];
  }
  attached({ requestUpdate }: SeriesAttachedParameter<Time>): void {
    this.update = requestUpdate;
  }
  detached(): void {
    this.update = () => undefined;
  }
  paneViews(): readonly IPrimitivePaneView[] {
    return this.views;
  }
  protected redraw(): void {
    this.update();
  }
  protected abstract draw(
    context: CanvasRenderingContext2D,
    size: { readonly width: number; readonly height: number },
  ): void;
}
