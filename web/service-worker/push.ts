/** Shows what the server pushes, and leads to the alerts when it is pressed. */

const alertsPage = '/alerts/';

interface Told {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
}

/** What the push says; words of its own where it says nothing that can be read. */
export function readPush(data: unknown): Told {
  const { title, body, tag } = (typeof data === 'object' && data !== null ? data : {}) as Readonly<
    Record<string, unknown>
  >;
  return {
    title: typeof title === 'string' && title !== '' ? title.slice(0, 200) : 'An alert of yours',
    body: typeof body === 'string' ? body.slice(0, 200) : '',
    // A note takes the place of one of the same tag, unheard; without a tag it takes none.
    tag: typeof tag === 'string' ? tag.slice(0, 64) : '',
  };
}

function parsed(message: PushMessageData | null): unknown {
  try {
    return message?.json();
  } catch {
    // Not ours, or damaged on its way: something is shown all the same, since browsers want that.
    return null;
  }
}

/** A window of ours that is open is taken; else one is opened. */
async function openAlerts(worker: ServiceWorkerGlobalScope): Promise<void> {
  const windows = await worker.clients.matchAll({ type: 'window' });
  const [open] = windows;
  if (!open) return void (await worker.clients.openWindow(alertsPage));
  await open.focus();
  await open.navigate(alertsPage).catch(() => worker.clients.openWindow(alertsPage));
}

export function showPushes(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener('push', (event) => {
    const { title, body, tag } = readPush(parsed(event.data));
    const icon = '/icons/icon-192.png';
    event.waitUntil(worker.registration.showNotification(title, { body, tag, icon }));
  });
  worker.addEventListener('notificationclick', (event) => {
    event.notification.close();
    event.waitUntil(openAlerts(worker));
  });
}
