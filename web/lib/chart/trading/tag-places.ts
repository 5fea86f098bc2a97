/** Where the tags of lines stand so that none covers another: beside their lines as near as may be. */

export interface TagRoom {
  readonly heightPx: number;
  readonly topPx: number;
  readonly bottomPx: number;
}

/**
 * The middles of tags, in the order given. Those that would overlap are pushed apart around the
 * middle of their lines; where there are too many for the room they share it evenly.
 */
export function tagPlaces(
  lines: readonly number[],
  { heightPx, topPx, bottomPx }: TagRoom,
): readonly number[] {
  const order = lines.map((_, at) => at).sort((a, b) => lines[a]! - lines[b]! || a - b);
  const roomPx = Math.max(0, bottomPx - topPx);
  const stepPx = Math.min(heightPx, roomPx / Math.max(1, lines.length));
  const least = topPx + stepPx / 2;
  const most = Math.max(least, bottomPx - stepPx / 2);
  interface Cluster {
    middle: number;
    count: number;
  }
  const within = ({ middle, count }: Cluster): Cluster => {
    const half = ((count - 1) * stepPx) / 2;
    return { middle: Math.min(Math.max(middle, least + half), most - half), count };
  };
  const clusters: Cluster[] = [];
  for (const at of order) {
    let next = within({ middle: lines[at]!, count: 1 });
    for (let last = clusters.at(-1); last; last = clusters.at(-1)) {
      const apart = next.middle - last.middle;
      if (apart >= ((next.count + last.count) * stepPx) / 2 - 1e-9) break;
      clusters.pop();
      const count = last.count + next.count;
      const middle = (last.middle * last.count + next.middle * next.count) / count;
      next = within({ middle, count });
    }
    clusters.push(next);
  }
  const placed = new Array<number>(lines.length).fill(0);
  let nth = 0;
  for (const { middle, count } of clusters) {
    for (let k = 0; k < count; k++) {
      placed[order[nth++]!] = middle + (k - (count - 1) / 2) * stepPx;
    }
  }
  return placed;
}
