/** `GET /mt5/Offing.mq5`: the Expert Advisor, with the address of this server already in it. */
import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { refuseRequest } from './pages.ts';

export const connectorPath = '/mt5/Offing.mq5';

export function connectorFile(file: string, siteAddress: string): RequestListener {
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return refuseRequest(response, 405, 'The Expert Advisor is read, not written.');
    }
    readFile(file, 'utf8').then(
      (text) => {
        const body = Buffer.from(withAddress(text, siteAddress));
        response.writeHead(200, {
          'Content-Type': 'text/plain; charset=utf-8',
          'Content-Disposition': 'attachment; filename="Offing.mq5"',
          'Cache-Control': 'no-cache',
          'Content-Length': body.length,
        });
        response.end(body);
      },
      () => refuseRequest(response, 404, 'This server was installed without the Expert Advisor.'),
    );
  };
}

/** The inputs that say where the server is; nothing else of the file is touched. */
export function withAddress(text: string, siteAddress: string): string {
  const url = new URL(siteAddress);
  const isEncrypted = url.protocol === 'https:';
  const { hostname } = url;
  const host = hostname === 'localhost' ? '127.0.0.1' : hostname.replace(/[^A-Za-z0-9.:[\]-]/g, '');
  const port = url.port || (isEncrypted ? '443' : '80');
  return text
    .replace(
      /^(input\s+string\s+ServerHost\s*=\s*)[^;]*;/m,
      (_, head: string) => `${head}"${host}";`,
    )
    .replace(/^(input\s+\w+\s+ServerPort\s*=\s*)[^;]*;/m, (_, head: string) => `${head}${port};`)
    .replace(
      /^(input\s+bool\s+ServerTls\s*=\s*)[^;]*;/m,
      (_, head: string) => `${head}${isEncrypted};`,
    );
}
