/** The way of a price as the `d` of one SVG path, small enough for a table cell. */

/** Across `width` × `height` with half a pixel of room; '' for fewer than two values. */
export function sparkPath(
  values: readonly number[],
  { width, height }: { readonly width: number; readonly height: number },
): string {
  if (values.length < 2) return '';
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  const x = (k: number) => (k / (values.length - 1)) * width;
  const y = (value: number) =>
    span === 0 ? height / 2 : 1 + (1 - (value - low) / span) * (height - 2);
  return values
    .map((value, k) => `${k === 0 ? 'M' : 'L'}${x(k).toFixed(1)} ${y(value).toFixed(1)}`)
    .join('');
}
