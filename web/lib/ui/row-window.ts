/** Which rows of a long table are drawn, and the room left for those that are not. */

/** Browsers draw no box of more pixels than some 17 million: Firefox stops first. */
const MOST_PIXELS = 15_000_000;
const SPARE_ROWS = 12;

export interface TableView {
  readonly rows: number;
  readonly rowPixels: number;
  readonly viewPixels: number;
}

export interface RowWindow {
  readonly first: number;
  /** The one after the last. */
  readonly end: number;
  readonly abovePixels: number;
  readonly belowPixels: number;
}

/** How far `scrolledPixels` of a table are among its rows: the same, unless it is too tall to draw. */
export function topOf(view: TableView, scrolledPixels: number): number {
  return scrolledPixels * squeeze(view);
}

/** How far to scroll until `topPixels` among the rows is at the top. */
export function scrollTo(view: TableView, topPixels: number): number {
  return topPixels / squeeze(view);
}

/** The rows in sight and some around them, as far as there is room in the height of the whole. */
export function rowWindow(view: TableView, scrolledPixels: number): RowWindow {
  const { rows, rowPixels, viewPixels } = view;
  const height = Math.min(rows * rowPixels, MOST_PIXELS);
  const top = topOf(view, scrolledPixels);
  const spare = (room: number) => Math.min(SPARE_ROWS, Math.max(0, Math.floor(room / rowPixels)));
  const atTop = Math.floor(top / rowPixels);
  const atFoot = Math.ceil((top + viewPixels) / rowPixels);
  // The row at the top may be scrolled away in part: so much less room is above it.
  const roomAbove = scrolledPixels - (top - atTop * rowPixels);
  const first = Math.min(rows, Math.max(0, atTop - spare(roomAbove)));
  const end = Math.min(rows, atFoot + spare(height - viewPixels - scrolledPixels));
  const abovePixels = Math.max(0, first * rowPixels + scrolledPixels - top);
  const belowPixels = Math.max(0, height - abovePixels - (end - first) * rowPixels);
  return { first, end, abovePixels, belowPixels };
}

/** Pixels of rows that pass for one that is scrolled. */
function squeeze({ rows, rowPixels, viewPixels }: TableView): number {
  const whole = rows * rowPixels;
  return whole <= MOST_PIXELS ? 1 : (whole - viewPixels) / (MOST_PIXELS - viewPixels);
}
