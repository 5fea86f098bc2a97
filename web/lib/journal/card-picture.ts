/** A picture of a result to show to others: 1200 × 630, as social pages and chats show links. */

export interface CardCurve {
  readonly timesMs: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

export interface CardWords {
  /** `EURUSD · Buy 0.10`. */
  readonly title: string;
  readonly about: string;
  /** `+1.25 R`, with its sign. */
  readonly result: string;
  readonly tone: 'up' | 'down' | undefined;
  /** Up to four, below the result. */
  readonly facts: readonly (readonly [name: string, text: string])[];
  readonly curve: CardCurve | null;
}

export type CardTheme = 'light' | 'dark';

export const cardWidth = 1200;
export const cardHeight = 630;
const margin = 64;
const curveLeft = 680;
const family = 'system-ui, sans-serif';

/** Colours that canvases take, of the tokens of the pages. */
export interface CardLook {
  readonly ground: string;
  readonly edge: string;
  readonly text: string;
  readonly quiet: string;
  readonly up: string;
  readonly down: string;
  readonly brand: string;
}

/** The tokens in one of the two looks, whichever the page has, with the trader's pair of colours. */
export function cardLook(parent: HTMLElement, theme: CardTheme): CardLook {
  const probe = parent.appendChild(document.createElement('span'));
  probe.style.colorScheme = theme;
  const read = (token: string): string => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const look = {
    ...{ ground: read('surface'), edge: read('line'), text: read('text'), quiet: read('text-2') },
    ...{ up: read('up'), down: read('down'), brand: read('accent') },
  };
  probe.remove();
  return look;
}

export function drawCard(
  canvas: HTMLCanvasElement | OffscreenCanvas,
  words: CardWords,
  look: CardLook,
): void {
  canvas.width = cardWidth;
  canvas.height = cardHeight;
  const context = canvas.getContext('2d') as
    CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null;
  if (!context) return;
  context.fillStyle = look.ground;
  context.fillRect(0, 0, cardWidth, cardHeight);
  context.strokeStyle = look.edge;
  context.lineWidth = 4;
  context.strokeRect(2, 2, cardWidth - 4, cardHeight - 4);
  if (words.curve) paintCurve(context, words.curve, look);
  const room = cardWidth - 2 * margin;
  const write = writer(context);
  write(words.title, { y: 118, size: 52, weight: 650, ink: look.text, room });
  write(words.about, { y: 168, size: 28, weight: 400, ink: look.quiet, room });
  const ink = words.tone ? look[words.tone] : look.text;
  const mark = words.tone === 'up' ? '▲ ' : words.tone === 'down' ? '▼ ' : '';
  // Beside the curve there is half of the width.
  const beside = words.curve ? curveLeft - margin - 32 : room;
  write(mark + words.result, { y: 318, size: 112, weight: 700, ink, room: beside });
  const each = room / 4;
  for (const [at, [name, text]] of words.facts.slice(0, 4).entries()) {
    const place = { x: margin + at * each, room: each - 20 };
    write(name, { ...place, y: 430, size: 24, weight: 400, ink: look.quiet });
    write(text, { ...place, y: 472, size: 34, weight: 600, ink: look.text });
  }
  write('Offing', { y: 572, size: 30, weight: 650, ink: look.brand, room });
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

interface Line {
  readonly x?: number;
  readonly y: number;
  readonly size: number;
  readonly weight: number;
  readonly ink: string;
  /** What is longer becomes smaller. */
  readonly room: number;
}

function writer(context: Context) {
  return (text: string, { x = margin, y, size, weight, ink, room }: Line): void => {
    context.font = `${weight} ${size}px ${family}`;
    const wide = context.measureText(text).width;
    const fitted = wide > room ? Math.max(14, Math.floor((size * room) / wide)) : size;
    context.font = `${weight} ${fitted}px ${family}`;
    context.fillStyle = ink;
    context.fillText(text, x, y, room);
  };
}

/** In the right half. */
function paintCurve(context: Context, { timesMs, values }: CardCurve, look: CardLook): void {
  const count = values.length;
  if (count < 2) return;
  const all = Array.from(values);
  const [high, low] = [Math.max(0, ...all), Math.min(0, ...all)];
  const [first, last] = [timesMs[0]!, timesMs[count - 1]!];
  const left = curveLeft;
  const [width, top, height] = [cardWidth - margin - left, 190, 170];
  const x = (at: number) => left + ((timesMs[at]! - first) / (last - first || 1)) * width;
  const y = (value: number) => top + ((high - value) / (high - low || 1)) * height;
  context.lineWidth = 2;
  context.strokeStyle = look.edge;
  context.beginPath();
  context.moveTo(left, y(0));
  context.lineTo(left + width, y(0));
  context.stroke();
  context.lineWidth = 5;
  context.lineJoin = 'round';
  context.strokeStyle = all[count - 1]! < 0 ? look.down : look.up;
  context.beginPath();
  all.forEach((value, at) => context[at === 0 ? 'moveTo' : 'lineTo'](x(at), y(value)));
  context.stroke();
}
