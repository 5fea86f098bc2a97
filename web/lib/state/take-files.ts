/** Price files taken from any page: what imports them is fetched when the first one comes. */
import { goto } from '$app/navigation';

/** Opens the Prices page, where the files' questions are asked. */
export async function takeFiles(files: readonly File[]): Promise<void> {
  const [{ imports }] = await Promise.all([import('./imports.svelte.ts'), goto('/prices/')]);
  await imports.add(files);
}
