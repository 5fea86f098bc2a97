/** The built app: files as they are, and the shell for every address that is a page of it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv from 'sirv';

export type PageHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
) => void;

const shell = '/404.html';

/** Serves the files that are in `folder` now; those written later are not seen. */
export function pageHandler(folder: string): PageHandler {
  const files = sirv(folder, {
    etag: true,
    gzip: true,
    brotli: true,
    setHeaders: (response, pathname) => {
      const type = textType(pathname);
      if (type) response.setHeader('Content-Type', `${type}; charset=utf-8`);
      response.setHeader('Cache-Control', cachingOf(pathname));
    },
  });
  return (request, response, pathname) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return refuseRequest(response, 405, 'Pages are read, not written.');
    }
    // Ranges are optional, and unsatisfiable ones would reach the file system unchecked.
    delete request.headers.range;
    files(request, response, () => {
      if (!isPage(pathname, request.headers.accept)) {
        return refuseRequest(response, 404, 'There is no such file.');
      }
      request.url = shell;
      files(request, response, () => refuseRequest(response, 404, 'There is no such page.'));
    });
  };
}

const textTypes: Readonly<Record<string, string>> = {
  css: 'text/css',
  csv: 'text/csv',
  js: 'text/javascript',
  mjs: 'text/javascript',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  xml: 'application/xml',
};

/** What a text is, so that its characters can be said too; null for what says them itself. */
function textType(pathname: string): string | null {
  return textTypes[pathname.slice(pathname.lastIndexOf('.') + 1)] ?? null;
}

/** Files named by their content never change; everything else is asked for anew. */
export function cachingOf(pathname: string): string {
  const immutable = pathname.startsWith('/_app/immutable/');
  return immutable ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/**
 * Whether a path without a file is a page that the app draws itself.
 *
 * A last segment such as `app.js` is a file that is missing; `EURUSD.H1`, in capitals, is a
 * price series. A request that would not take HTML gets none.
 */
export function isPage(pathname: string, accept: string | undefined): boolean {
  if (pathname.startsWith('/_app/')) return false;
  const last = pathname.slice(pathname.lastIndexOf('/') + 1);
  if (/\.[a-z][a-z0-9]{0,15}$/.test(last)) return false;
  return accept === undefined || /text\/html|\*\/\*/.test(accept);
}

/** One plain sentence, never stored by a cache. */
export function refuseRequest(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Length': Buffer.byteLength(sentence) + 1,
  });
  response.end(`${sentence}\n`);
}
