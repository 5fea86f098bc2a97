/** What somebody writes in an hour: node:http, postgres.js, one look-up of the session a call. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import postgres from 'postgres';

const sql = postgres(process.argv[2]!, { max: 10, onnotice: () => undefined });

interface Row {
  readonly email: string;
  readonly display_name: string;
  readonly role: string;
  readonly expires_ms: string;
}

const server = createServer((request, response) => {
  const [userId = '', secret = ''] = request.headers.cookie?.split('=')[1]?.split('.') ?? [];
  const hash = createHash('sha256').update(secret).digest('hex');
  void sql<Row[]>`
    select u.email, u.display_name, u.role, s.expires_ms
    from sessions s join users u on u.user_id = s.user_id
    where s.user_id = ${userId} and s.token_hash = ${hash}`.then(([row]) => {
    const account = row && Number(row.expires_ms) > Date.now() ? row : null;
    const text = JSON.stringify({ result: { data: { account } } });
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
    });
    response.end(text);
  });
});
server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit());
