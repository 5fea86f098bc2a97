/// <reference lib="webworker" />
/**
 * Keeps the shell on the device: pages, scripts, workers and the sample open without a
 * network. It never touches the server's own paths, and a new version waits until the pages ask.
 */
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { keepOnFirstUse } from './first-use.ts';
import { showPushes } from './push.ts';
import { acceptShare } from './share-target.ts';

declare const self: ServiceWorkerGlobalScope;
declare const PRECACHE: { url: string; revision: string | null }[];
declare const FIRST_USE: string[];

const server = /^\/(trpc|api|ws|live|chunks|healthz|readyz|metrics|mail-preview)(\/|$)/;
const file = /\/[^/]+\.[a-z0-9]+$/i;

cleanupOutdatedCaches();
// Deep links carry their subject in the query: `/backtest/?run=…` is the page `/backtest/`.
precacheAndRoute(PRECACHE, { ignoreURLParametersMatching: [/./], cleanURLs: false });
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/404.html'), { denylist: [server, file] }),
);
registerRoute(({ url }) => FIRST_USE.includes(url.pathname), keepOnFirstUse(FIRST_USE));
registerRoute(({ url }) => url.pathname === '/share/', acceptShare, 'POST');

showPushes(self);
self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});
// The very first visit is already safe to take offline.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
