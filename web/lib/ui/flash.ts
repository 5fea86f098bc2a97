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
      // Below the text, not behind it: there it would take from its contrast.
      node.animate([{ boxShadow: '0 2px 0 var(--flash)' }, { boxShadow: '0 2px 0 transparent' }], {
        duration: flashMs,
        // Fifty cells that fade in every frame would be drawn in every frame.
        easing: 'steps(5)',
      });
    },
  };
};
