/** A real mail server for tests: encrypted, with a login, that can refuse, hang and die. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and body as they came. */
  readonly source: string;
  readonly encrypted: boolean;
  readonly user: string | null;
}

export interface MailServer {
  readonly port: number;
  /** Authority to trust, since the certificate is of our own making. */
  readonly certificate: string;
  readonly received: readonly ReceivedMail[];
  /** How often somebody began to hand over a mail. */
  readonly attempts: number;
  /** Answers the next hand-overs of a mail with these codes, one each, before taking any. */
  refuse(...replies: readonly number[]): void;
  /** Takes the text of the next mail and never answers. */
  hang(): void;
  /** Ends at once, cutting what is under way. */
  kill(): Promise<void>;
  /** Listens again on the same port. */
  revive(): Promise<void>;
}

export const mailLogin = { user: 'offing', password: 'correct horse' } as const;

/** For localhost and 127.0.0.1, until 2126; guards nothing. */
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgsOuwMVrEXZGKVVD5
xPuf3VqaiJRSkbU/Ten4sEZjVZyhRANCAARBoS2Z8faZjPyH72Vaz/j3fmhwyxLW
OFdvjgiJzx83Y1LnmzrmV9gdZIgmOHwXbJiD86qu4rsvDM/X/Kh7LsLq
-----END PRIVATE KEY-----`;
const certificate = `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUCZKEWkAHWd1MKJ9G8zWBvXFhZOAwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNjE0MzcyMloYDzIxMjYxMTAy
MTQzNzIyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARBoS2Z8faZjPyH72Vaz/j3fmhwyxLWOFdvjgiJzx83Y1LnmzrmV9gd
ZIgmOHwXbJiD86qu4rsvDM/X/Kh7LsLqo28wbTAdBgNVHQ4EFgQUdbe55km0/N/c
M6m8DKEmXjyplTkwHwYDVR0jBBgwFoAUdbe55km0/N/cM6m8DKEmXjyplTkwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgMic6iwqA5e+313x1RX4koGQ9x+15E+xx/jMCM5cbAOQCIE22
3/vPaefshuSBLF11p8cUKPCUXSSFgajecdfhjGLN
-----END CERTIFICATE-----`;

/** Speaks TLS from the start, or in the clear until STARTTLS; in the clear nobody may log in. */
export async function mailServer(
  options: { readonly encryption?: 'from-the-start' | 'starttls' | 'none' } = {},
): Promise<MailServer> {
  const { encryption = 'from-the-start' } = options;
  const received: ReceivedMail[] = [];
  let replies: number[] = [];
  let hangs = false;
  let attempts = 0;

  const create = () =>
    new SMTPServer({
      secure: encryption === 'from-the-start',
      key,
      cert: certificate,
      disabledCommands: encryption === 'none' ? ['STARTTLS', 'AUTH'] : [],
      authOptional: encryption === 'none',
      disableReverseLookup: true,
      onAuth({ username, password }, _session, done) {
        const isOurs = username === mailLogin.user && password === mailLogin.password;
        done(isOurs ? null : replyError(535, 'no'), { user: username });
      },
      onData(stream, { envelope, secure, user }, done) {
        const chunks: Buffer[] = [];
        attempts++;
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          if (hangs) return;
          const reply = replies.shift();
          if (reply !== undefined) return done(replyError(reply, 'not now, canary-reply'));
          received.push({
            from: envelope.mailFrom ? envelope.mailFrom.address : '',
            to: envelope.rcptTo.map(({ address }) => address),
            source: Buffer.concat(chunks).toString('utf8'),
            encrypted: secure,
            user: user ?? null,
          });
          done();
        });
      },
    });

  let server = await listening(create(), 0);
  const port = (server.server.address() as AddressInfo).port;
  return {
    port,
    certificate,
    received,
    get attempts() {
      return attempts;
    },
    refuse: (...more) => void (replies = [...replies, ...more]),
    hang: () => void (hangs = true),
    async kill() {
      // A socket that is destroyed closes in its own time; the port is free when close is done.
      for (const connection of server.connections) connection._socket.destroy();
      await new Promise<void>((resolve) => server.close(resolve));
    },
    async revive() {
      hangs = false;
      server = await listening(create(), port);
    },
  };
}

async function listening(server: SMTPServer, port: number): Promise<SMTPServer> {
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

function replyError(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}
