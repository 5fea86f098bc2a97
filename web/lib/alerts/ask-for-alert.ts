/** Opens the dialog of an alert wherever one is: on a chart, in a watchlist, beside a position. */
import { mount, unmount } from 'svelte';
import type { AlertForm } from './alert-form.ts';

/** What is known already; the rest the dialog asks for. */
export async function askForAlert(known: Partial<AlertForm> = {}): Promise<void> {
  const { default: AlertDialog } = await import('./AlertDialog.svelte');
  const dialog = mount(AlertDialog, {
    target: document.body,
    props: { known, alertId: null, onclosed: () => setTimeout(() => void unmount(dialog)) },
  });
}
