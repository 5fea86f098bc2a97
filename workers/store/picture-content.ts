/** What pictures show as contents. */
import { plainBytes } from './plain-bytes.ts';

const prefetched = 50;

export const pictureContent = plainBytes({
  mark: 'picture',
  givesWay: true,
  newest: ({ pictures }) => pictures.orderBy('createdMs').reverse().limit(prefetched).toArray(),
});
