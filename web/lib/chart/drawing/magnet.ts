/** The magnet: a point near the open, high, low or close of its bar is put there. */

export interface BarPrices {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** `price`, or the one of the bar's four that is nearest on the screen, within `reachPx` of it. */
export function snapped(
  price: number,
  bar: BarPrices | null,
  { y, reachPx }: { readonly y: (price: number) => number; readonly reachPx: number },
): number {
  if (!bar) return price;
  const at = y(price);
  let best = price;
  let least = reachPx;
  for (const each of [bar.open, bar.high, bar.low, bar.close]) {
    const away = Math.abs(y(each) - at);
    if (away > least) continue;
    least = away;
    best = each;
  }
  return best;
}
