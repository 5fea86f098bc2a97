/** The picture of a chart with what it is of above it, drawn anew. */
const stripPx = 28;

export interface PictureOf {
  readonly canvas: HTMLCanvasElement;
  readonly title: string;
}

/** `EURUSD H1` and the time above the chart, in the colours of the page. */
export function picture({ canvas, title }: PictureOf, about: string): HTMLCanvasElement {
  const ratio = devicePixelRatio;
  const out = document.createElement('canvas');
  out.width = canvas.width;
  out.height = canvas.height + stripPx * ratio;
  const context = out.getContext('2d');
  if (!context) return canvas;
  const style = getComputedStyle(document.body);
  context.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
  context.fillRect(0, 0, out.width, out.height);
  context.fillStyle = style.color;
  context.font = `600 ${13 * ratio}px ${style.fontFamily}`;
  context.textBaseline = 'middle';
  context.fillText(title, 10 * ratio, (stripPx * ratio) / 2);
  context.font = `${11 * ratio}px ${style.fontFamily}`;
  context.textAlign = 'right';
  context.fillText(about, out.width - 10 * ratio, (stripPx * ratio) / 2);
  context.drawImage(canvas, 0, stripPx * ratio);
  return out;
}
