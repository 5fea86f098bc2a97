/** Puts the tags of lines beside their lines, each time that the chart was drawn. */
import type { PaneChart } from '../pane-chart.ts';
import type { ShownLine } from './shown-lines.ts';
import { tagPlaces } from './tag-places.ts';

const gapPx = 2;
const marginPx = 6;

export function placeTags(
  tags: HTMLElement,
  { place, scalesPx }: PaneChart,
  shown: readonly ShownLine[],
): void {
  const found = shown.flatMap(({ line, price }) => {
    const tag = [...tags.children].find(
      (each): each is HTMLElement =>
        each instanceof HTMLElement && each.dataset['line'] === line.id,
    );
    return tag ? [{ tag, y: place.y(price) }] : [];
  });
  const [first] = found;
  if (!first) return;
  const { height } = place;
  const tagPx = first.tag.offsetHeight;
  const middles = tagPlaces(
    found.map(({ y }) => y),
    { heightPx: tagPx + gapPx, topPx: 0, bottomPx: height },
  );
  const right = scalesPx().right + marginPx;
  found.forEach(({ tag, y }, at) => {
    const top = Math.round(middles[at]! - tagPx / 2);
    tag.style.transform = `translate(${-right}px, ${top}px)`;
    tag.style.maxWidth = `calc(100% - ${right + marginPx}px)`;
    tag.style.visibility = 'visible';
    tag.dataset['away'] = y < 0 ? 'up' : y > height ? 'down' : '';
  });
}
