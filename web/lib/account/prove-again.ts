/** Puts the question "is it still you?" over whatever page is open, once for all who wait for it. */
import { mount, unmount } from 'svelte';

let asking: Promise<boolean> | undefined;

/** Whether it was answered well; false when it was put away. */
export function proveAgain(): Promise<boolean> {
  asking ??= question().finally(() => (asking = undefined));
  return asking;
}

async function question(): Promise<boolean> {
  const { default: StepUp } = await import('./StepUp.svelte');
  return new Promise((resolve) => {
    const shown = mount(StepUp, {
      target: document.body,
      props: {
        onend: (proved: boolean) => {
          resolve(proved);
          void unmount(shown);
        },
      },
    });
  });
}
