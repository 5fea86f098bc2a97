/** Makes an answer take as long whether an account is known or not. */
import { setTimeout as wait } from 'node:timers/promises';

/** Long enough to hide what an account more or less costs beside the hash. */
export const accountFloorMs = 400;

/**
 * What `work` gives, at the next whole multiple of `floorMs` after it began; failures too.
 *
 * Under load the work may take longer than the floor; going to the next multiple keeps its
 * length from telling more than how busy the server is.
 */
export async function atFloor<T>(floorMs: number, work: () => Promise<T>): Promise<T> {
  const startedMs = performance.now();
  try {
    return await work();
  } finally {
    const tookMs = performance.now() - startedMs;
    const untilMs = Math.max(1, Math.ceil(tookMs / floorMs)) * floorMs;
    await wait(untilMs - tookMs);
    // Timers fire up to a millisecond early or late: the rest is waited for turn by turn.
    while (performance.now() - startedMs < untilMs) await wait(0);
  }
}
