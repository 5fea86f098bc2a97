/** Tries what the server takes only of a device that has everything, until this one has. */
import type { Answer } from '../account/api.ts';
import { sync } from '#lib/sync/sync.svelte.ts';

const tries = 8;
const pauseMs = 1_500;

export async function onceCaughtUp<T>(act: () => Promise<Answer<T>>): Promise<Answer<T>> {
  for (let attempt = 1; ; attempt++) {
    const answer = await act();
    if (answer.ok || answer.error.code !== 'sync.behind' || attempt === tries) return answer;
    // What it sent itself counts as seen only once it has asked again.
    sync.retry();
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
