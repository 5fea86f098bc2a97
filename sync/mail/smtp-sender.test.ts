import { createTransport } from 'nodemailer';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { mailLogin, mailServer, type MailServer } from '../../tests/mail-server.ts';
import { mailAddress, readSender } from './address.ts';
import type { Mail } from './mail.ts';
import type { OpenSender } from './providers/provider.ts';
import { sendgridServer } from './providers/sendgrid.ts';
import { sesServer } from './providers/ses.ts';
import { readMailSettings } from './settings.ts';
import { message, smtpOptions, smtpSender, type SmtpOptions } from './smtp-sender.ts';

let running: MailServer[] = [];
afterEach(async () => {
  await Promise.all(running.map((server) => server.kill()));
  running = [];
});

async function start(options?: Parameters<typeof mailServer>[0]): Promise<MailServer> {
  const server = await mailServer(options);
  running.push(server);
  return server;
}

function mailOf(changes: Partial<Mail> = {}): Mail {
  const from = readSender('Offing <offing@offing.example>');
  const to = mailAddress('trader@example.com');
  if (!from || !to) throw new Error('both are addresses');
  const parts = { subject: 'Hello', text: 'A letter\n', html: '<p>A letter</p>' };
  return { from, to, ...parts, messageId: '<1@offing.example>', writtenMs: 0, ...changes };
}

const quiet = { say: () => undefined, isTerminal: false, outboxUrl: '' };

/** The sender of the settings, led to the test's server; all else stays as it is. */
function openTo(server: MailServer, open: OpenSender) {
  const adjust = (options: SmtpOptions): SmtpOptions => ({
    ...options,
    host: '127.0.0.1',
    port: server.port,
    tls: { ...options.tls, ca: server.certificate },
  });
  return open({ ...quiet, adjust });
}

function senderOf(environment: Record<string, string>): OpenSender {
  const settings = readMailSettings({ OFFING_MAIL_FROM: 'offing@offing.example', ...environment });
  if (!settings.ok) throw new Error(settings.error.sentence);
  return settings.value.openSender;
}

const { user, password } = mailLogin;
const url = (port: number, scheme = 'smtps') =>
  `${scheme}://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}`;

test('delivers encrypted and logged in', async () => {
  const server = await start();
  const sender = openTo(
    server,
    senderOf({ OFFING_MAIL: 'smtp', OFFING_SMTP_URL: url(server.port) }),
  );
  expect(await sender.send(mailOf())).toEqual({ ok: true, value: undefined });
  expect(server.received).toMatchObject([
    { from: 'offing@offing.example', to: ['trader@example.com'], encrypted: true, user },
  ]);
  const [{ source } = { source: '' }] = server.received;
  expect(source).toContain('Message-ID: <1@offing.example>');
  expect(source).toContain('Auto-Submitted: auto-generated');
  expect(source).toContain('text/plain');
  expect(source).toContain('text/html');
});

test.each([
  ['SES', sesServer('eu-central-1', user, password)],
  ['SendGrid', { ...sendgridServer(password), login: { user, password } }],
])('delivers as to %s, through STARTTLS', async (_, reached) => {
  const server = await start({ encryption: 'starttls' });
  const sender = openTo(server, (tools) => smtpSender(reached, tools));
  expect(await sender.send(mailOf())).toEqual({ ok: true, value: undefined });
  expect(server.received).toMatchObject([{ encrypted: true, user }]);
});

test('says nothing to a far server that offers no encryption', async () => {
  const server = await start({ encryption: 'none' });
  const sender = openTo(server, (tools) => smtpSender(sendgridServer('key'), tools));
  expect(await sender.send(mailOf())).toMatchObject({ ok: false, error: { isFinal: false } });
  expect(server.received).toEqual([]);
});

test('does not trust a certificate that nobody vouches for', async () => {
  const server = await start();
  const open = senderOf({ OFFING_MAIL: 'smtp', OFFING_SMTP_URL: url(server.port) });
  expect(await open(quiet).send(mailOf())).toMatchObject({ ok: false, error: { isFinal: false } });
  expect(server.received).toEqual([]);
});

test('hands mail in the clear to a server on this machine', async () => {
  const server = await start({ encryption: 'none' });
  const near = { OFFING_MAIL: 'smtp', OFFING_SMTP_URL: `smtp://127.0.0.1:${server.port}` };
  expect(await senderOf(near)(quiet).send(mailOf())).toMatchObject({ ok: true });
  expect(server.received).toMatchObject([{ encrypted: false }]);
});

test.each([
  [451, { code: 'mail.put-off', reply: 451, isFinal: false }],
  [550, { code: 'mail.refused', reply: 550, isFinal: true }],
])('tells apart what the answer %i means', async (reply, error) => {
  const server = await start();
  server.refuse(reply);
  const open = senderOf({ OFFING_MAIL: 'smtp', OFFING_SMTP_URL: url(server.port) });
  const sent = await openTo(server, open).send(mailOf());
  expect(sent).toEqual({ ok: false, error });
  expect(JSON.stringify(sent)).not.toContain('canary');
});

test('waits for an operator where the login is wrong', async () => {
  const server = await start();
  const wrong = `smtps://offing:wrong@127.0.0.1:${server.port}`;
  const open = senderOf({ OFFING_MAIL: 'smtp', OFFING_SMTP_URL: wrong });
  expect(await openTo(server, open).send(mailOf())).toEqual({
    ok: false,
    error: { code: 'mail.credentials-refused', reply: 535, isFinal: false },
  });
});

test('finds a server that is away unreachable', async () => {
  const server = await mailServer();
  await server.kill();
  const open = senderOf({ OFFING_MAIL: 'smtp', OFFING_SMTP_URL: url(server.port) });
  expect(await openTo(server, open).send(mailOf())).toEqual({
    ok: false,
    error: { code: 'mail.unreachable', reply: 0, isFinal: false },
  });
});

test('no text of a mail adds a header or a recipient', async () => {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  const headersOf = async (mail: Mail) => {
    const { message: source, envelope } = await transport.sendMail(message(mail));
    const head = String(source).split('\n\n')[0] ?? '';
    const names = head
      .replace(/\n[ \t]+/g, ' ')
      .split('\n')
      .map((line) => line.split(':')[0]);
    return { names, to: envelope.to };
  };
  const expected = await headersOf(mailOf());
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom('x\r\nBcc: c@d.example', 'x\n\n<script>', 'x\r\n\r\nbody', 'x <c@d.example>,'),
  );
  await fc.assert(
    fc.asyncProperty(text, async (hostile) => {
      const { from } = mailOf();
      const subject = `s${hostile}`;
      const found = await headersOf(mailOf({ subject, from: { ...from, name: `n${hostile}` } }));
      expect(found).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

test('reads neither files nor addresses for a mail', () => {
  expect(message(mailOf())).toMatchObject({ disableFileAccess: true, disableUrlAccess: true });
  expect(smtpOptions(sendgridServer('k'))).toMatchObject({
    disableFileAccess: true,
    disableUrlAccess: true,
  });
});
