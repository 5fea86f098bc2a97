/** Answers whose arrays are handed over to the page instead of being copied for it. */
import * as Comlink from 'comlink';

/** `answer`, to be posted with all the memory of `arrays`, which is gone from here afterwards. */
export function transferred<T>(answer: T, arrays: Iterable<unknown>): T {
  const buffers = new Set<ArrayBuffer>();
  for (const each of arrays) {
    if (ArrayBuffer.isView(each) && each.buffer instanceof ArrayBuffer) buffers.add(each.buffer);
  }
  return Comlink.transfer(answer as object, [...buffers]) as T;
}
