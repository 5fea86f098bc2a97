/** Points and arcs of a half-round dial from 0 at its left to 100 at its right, around the origin. */

export function dialPoint(
  value: number,
  radius: number,
): { readonly x: number; readonly y: number } {
  const angle = Math.PI * (1 - Math.min(100, Math.max(0, value)) / 100);
  return { x: round(radius * Math.cos(angle)), y: round(-radius * Math.sin(angle)) };
}

/** The `d` of the arc between two values, with a hair of room at its end. */
export function dialWay(from: number, to: number, radius: number): string {
  const a = dialPoint(from, radius);
  const b = dialPoint(to === 100 ? 100 : to - 0.8, radius);
  return `M${a.x} ${a.y}A${radius} ${radius} 0 0 1 ${b.x} ${b.y}`;
}

const round = (value: number) => Math.round(value * 100) / 100;
