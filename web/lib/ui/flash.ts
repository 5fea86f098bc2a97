/** A value that changed lights up once, softly; not at all where motion is not wanted. */
import type { Action } from 'svelte/action';

const flashMs = 400;

/** `use:flash={text}`: while it is alight it is not lit again. */
export const flash: Action<HTMLElement, string> = (node, text) => {
  let last = text;
  let untilMs = 0;
  return {
    update(next) {
      if (next === last) return;
      last = next;
      const nowMs = performance.now();
      if (nowMs < untilMs || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
      untilMs = nowMs + flashMs;
      node.animate([{ backgroundColor: 'var(--flash)' }, { backgroundColor: 'transparent' }], {
        duration: flashMs,
      });
    },
  };
};
