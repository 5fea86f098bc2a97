/** Price files that reach the app from outside: shared to it, or opened with it. */
import { fileNameHeader, sharedFiles } from '../../service-worker/share-target.ts';

interface LaunchParameters {
  readonly files?: readonly { getFile(): Promise<File> }[];
}
interface LaunchQueue {
  setConsumer(consumer: (parameters: LaunchParameters) => void): void;
}

/** Files that the service worker kept for us; each is handed over once. */
export async function takeSharedFiles(): Promise<File[]> {
  const cache = await caches.open(sharedFiles);
  const files: File[] = [];
  for (const request of await cache.keys()) {
    const response = await cache.match(request);
    await cache.delete(request);
    if (!response) continue;
    const name = decodeURIComponent(response.headers.get(fileNameHeader) ?? 'prices.csv');
    files.push(new File([await response.blob()], name));
  }
  return files;
}

/** Calls `take` with files that the system opens with the installed app. */
export function followLaunches(take: (files: File[]) => void): void {
  const queue = (globalThis as { launchQueue?: LaunchQueue }).launchQueue;
  queue?.setConsumer(({ files }) => {
    if (!files || files.length === 0) return;
    void Promise.all(files.map((handle) => handle.getFile())).then(take);
  });
}
