/** The clock of the broker or of the prices in sight, which times are shown by on demand. */
import { preferences } from './preferences.svelte.ts';

/**
 * Says whose clock `zone` is; call it while a component is set up. The last one that was in sight
 * stays on pages that show none, so that times do not jump on the way through the app.
 */
export function showServerZone(zone: () => string | null | undefined): void {
  $effect(() => {
    const shown = zone();
    if (shown) preferences.serverZone = shown;
  });
}
