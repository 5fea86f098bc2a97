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
import { laterParts } from './later-parts.ts';
import { showPushes } from './push.ts';
import { acceptShare } from './share-target.ts';

declare const self: ServiceWorkerGlobalScope;
declare const PRECACHE: { url: string; revision: string | null }[];
declare const SOON: string[];
declare const FIRST_USE: string[];

const server = /^\/(trpc|api|ws|live|chunks|healthz|readyz|metrics|mail-preview)(\/|$)/;
const file = /\/[^/]+\.[a-z0-9]+$/i;

cleanupOutdatedCaches();
// Deep links carry their subject in the query: `/backtest/?run=…` is the page `/backtest/`.
precacheAndRoute(PRECACHE, { ignoreURLParametersMatching: [/./], cleanURLs: false });
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/404.html'), { denylist: [server, file] }),
);
const soon = SOON;
const beside = soon.concat(FIRST_USE);
const later = laterParts(beside);
registerRoute(({ url }) => beside.includes(url.pathname), later.answer);
registerRoute(({ url }) => url.pathname === '/share/', acceptShare, 'POST');

showPushes(self);
self.addEventListener('message', (event) => {
  const asked = (event.data as { type?: unknown } | null)?.type;
  if (asked === 'SKIP_WAITING') void self.skipWaiting();
  if (asked === 'FETCH_THE_REST') event.waitUntil(later.fetchAll(soon));
});
// The very first visit is already safe to take offline.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
