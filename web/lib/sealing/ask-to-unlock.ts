/** Puts the question for the passphrase over whatever page is open. */
import { mount, unmount } from 'svelte';

let asking: Promise<boolean> | undefined;

/** Whether the data were opened; false when the question was put away. */
export function askToUnlock(): Promise<boolean> {
  asking ??= question().finally(() => (asking = undefined));
  return asking;
}

async function question(): Promise<boolean> {
  const { default: UnlockDialog } = await import('./UnlockDialog.svelte');
  return new Promise((resolve) => {
    const shown = mount(UnlockDialog, {
      target: document.body,
      props: {
        onend: (isOpen: boolean) => {
          resolve(isOpen);
          void unmount(shown);
        },
      },
    });
  });
}
