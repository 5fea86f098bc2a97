/**
 * A pair of colours for up and down made readable: each theme gets the shade of the chosen colour
 * that stands out enough from its grounds, and who cannot tell the two apart is
 * named.
 *
 * Contrast as WCAG 2.2 defines it. Eyes without red or green cones by the matrices of
 * Viénot, Brettel and Mollon 1999, in linear light; distance by OKLab (Ottosson 2020).
 */
import type { OwnPair } from '../state/preference-values.ts';

type Triple = readonly [number, number, number];
type Theme = 'light' | 'dark';

/** The ground with the least contrast that numbers stand on: `--surface-2` of each theme. */
const grounds: Readonly<Record<Theme, string>> = { light: '#eff2f4', dark: '#1b2125' };
/** What text must have. */
export const leastContrast = 4.5;
/** Below it two colours are told apart by their signs alone. */
const leastDistance = 0.1;

export function channels(hex: string): Triple {
  const value = parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
function hexOf(rgb: Triple): string {
  return `#${rgb.map((each) => Math.round(each).toString(16).padStart(2, '0')).join('')}`;
}
const linear = (channel: number): number => {
  const ratio = channel / 255;
  return ratio <= 0.04045 ? ratio / 12.92 : ((ratio + 0.055) / 1.055) ** 2.4;
};
function luminance(hex: string): number {
  const [red, green, blue] = channels(hex);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** From 1 for the same to 21 for black on white. */
export function contrastRatio(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** The colour itself where it can be read, else the nearest that can on its way to black or white. */
export function readableShade(hex: string, theme: Theme): string {
  const rgb = channels(hex);
  const end = theme === 'light' ? 0 : 255;
  for (let step = 0; step <= 100; step++) {
    const [red, green, blue] = rgb.map((each) => each + ((end - each) * step) / 100);
    const shade = hexOf([red ?? 0, green ?? 0, blue ?? 0]);
    if (contrastRatio(shade, grounds[theme]) >= leastContrast) return shade;
  }
  return hexOf([end, end, end]);
}

/** The shades of each theme for two chosen colours. */
export function ownPairOf({ up, down }: { readonly up: string; readonly down: string }): OwnPair {
  const shades = (theme: Theme) => ({
    up: readableShade(up, theme),
    down: readableShade(down, theme),
  });
  return { light: shades('light'), dark: shades('dark') };
}

export type Eyes = 'all' | 'no-red' | 'no-green';

const seen: Readonly<Record<Exclude<Eyes, 'all'>, readonly [Triple, Triple, Triple]>> = {
  'no-red': [
    [0.11238, 0.88762, 0],
    [0.11238, 0.88762, 0],
    [0.00401, -0.00401, 1],
  ],
  'no-green': [
    [0.29275, 0.70725, 0],
    [0.29275, 0.70725, 0],
    [-0.02234, 0.02234, 1],
  ],
};

const dot = (row: Triple, [x, y, z]: Triple) => row[0] * x + row[1] * y + row[2] * z;
const times = ([a, b, c]: readonly [Triple, Triple, Triple], vector: Triple): Triple => [
  dot(a, vector),
  dot(b, vector),
  dot(c, vector),
];

/** How far two colours are apart: 0 the same, about 1 black and white. */
export function distance(one: string, other: string, eyes: Eyes): number {
  const [a, b] = [one, other].map((hex) => {
    const [red, green, blue] = channels(hex);
    const light: Triple = [linear(red), linear(green), linear(blue)];
    return toLab(eyes === 'all' ? light : times(seen[eyes], light));
  });
  return a && b ? Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) : 0;
}

function toLab(light: Triple): Triple {
  const [l, m, s] = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    light,
  ).map(Math.cbrt);
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [l ?? 0, m ?? 0, s ?? 0],
  );
}

/** Who could not tell the two apart in one of the themes; empty where everybody can. */
export function blindTo({ light, dark }: OwnPair): readonly Eyes[] {
  return (['all', 'no-red', 'no-green'] as const).filter((eyes) =>
    [light, dark].some(({ up, down }) => distance(up, down, eyes) < leastDistance),
  );
}
