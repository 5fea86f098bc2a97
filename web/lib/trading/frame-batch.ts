/** Gathers what comes in many times a second, and acts on it in a frame, a few times a second. */

export interface FrameBatch<T> {
  add(items: readonly T[]): void;
  /** What was gathered and not acted on is dropped. */
  stop(): void;
}

/** Nobody reads figures that change oftener; frames in between stay free for who clicks. */
const restMs = 100;
/** A page that is not seen draws no frames. */
const hiddenMs = 1_000;

export function frameBatch<T>(act: (items: readonly T[]) => void): FrameBatch<T> {
  let gathered: T[] = [];
  let cancel: (() => void) | null = null;
  let actedMs = -Infinity;
  const flush = () => {
    const items = gathered;
    gathered = [];
    cancel = null;
    actedMs = performance.now();
    act(items);
  };
  const inFrame = () => {
    const frame = requestAnimationFrame(flush);
    cancel = () => cancelAnimationFrame(frame);
  };
  return {
    add(items) {
      gathered.push(...items);
      if (cancel || gathered.length === 0) return;
      const isHidden = document.visibilityState === 'hidden';
      const waitMs = actedMs + (isHidden ? hiddenMs : restMs) - performance.now();
      if (waitMs <= 0 && !isHidden) return inFrame();
      const timer = setTimeout(isHidden ? flush : inFrame, Math.max(0, waitMs));
      cancel = () => clearTimeout(timer);
    },
    stop() {
      cancel?.();
      cancel = null;
      gathered = [];
    },
  };
}
