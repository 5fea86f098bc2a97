/** The page's colour tokens as the canvas needs them: plain rgba, read anew when the theme turns. */

import { inks, type InkName } from './inks.ts';

export interface ChartColours {
  readonly surface: string;
  readonly text: string;
  readonly quiet: string;
  readonly grid: string;
  readonly line: string;
  readonly accent: string;
  readonly accentFaint: string;
  readonly up: string;
  readonly down: string;
  readonly downFaint: string;
  readonly buy: string;
  readonly sell: string;
  readonly overlays: readonly string[];
  /** What a trader may choose among, and each as a faint ground. */
  readonly inks: Readonly<Record<InkName, string>>;
  readonly faintInks: Readonly<Record<InkName, string>>;
}

/** The colour tokens of lines over the bars, in turn. */
export const overlayTokens = ['accent', 'warning', 'text-2', 'ok', 'danger'] as const;

/**
 * The tokens as they apply to `element` now.
 *
 * A custom property keeps its `light-dark(oklch(…))` text, which the chart cannot read; a real
 * `color` property computes it, and one pixel of a canvas turns any notation into rgba.
 */
export function chartColours(element: HTMLElement): ChartColours {
  const probe = element.appendChild(document.createElement('span'));
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const read = (token: string, alpha = 1): string => {
    probe.style.color = `var(--${token})`;
    if (!context) return getComputedStyle(probe).color;
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = getComputedStyle(probe).color;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
    return `rgba(${red}, ${green}, ${blue}, ${alpha})`;
  };
  const colours = {
    surface: read('surface'),
    text: read('text'),
    quiet: read('text-2'),
    grid: read('line', 0.55),
    line: read('line-strong'),
    accent: read('accent'),
    accentFaint: read('accent', 0.14),
    up: read('up'),
    down: read('down'),
    downFaint: read('down', 0.22),
    buy: read('buy'),
    sell: read('sell'),
    overlays: overlayTokens.map((token) => read(token)),
    inks: named((name) => read(name)),
    faintInks: named((name) => read(name, 0.1)),
  };
  probe.remove();
  return colours;
}

function named(of: (name: InkName) => string): Readonly<Record<InkName, string>> {
  return Object.fromEntries(inks.map(({ name }) => [name, of(name)])) as Record<InkName, string>;
}
