/** Long work on the page's own thread, in slices so short that no frame has to wait for it. */

const SLICE_MS = 8;

/**
 * Takes all steps, then tells `done` what they came to: before it returns where one slice
 * suffices, so that a short answer is never seen to be missing. The returned function gives up.
 */
export function inSlices<T>(steps: Generator<unknown, T>, done: (result: T) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  function slice(): void {
    const endMs = performance.now() + SLICE_MS;
    do {
      const step = steps.next();
      if (step.done) return done(step.value);
    } while (performance.now() < endMs);
    timer = setTimeout(slice);
  }
  slice();
  return () => clearTimeout(timer);
}

/** As `inSlices`, for those who wait. A step that throws rejects. */
export function whenSliced<T>(steps: Generator<unknown, T>): Promise<T> {
  return new Promise((resolve, reject) => {
    function* caught(): Generator<unknown, void> {
      try {
        resolve(yield* steps);
      } catch (error) {
        reject(error);
      }
    }
    inSlices(caught(), () => undefined);
  });
}
