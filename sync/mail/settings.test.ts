import { expect, test } from 'vitest';
import { sendgridServer } from './providers/sendgrid.ts';
import { sesServer } from './providers/ses.ts';
import { smtpServerOf } from './providers/smtp.ts';
import { mailVariableNames, readMailSettings } from './settings.ts';
import { smtpOptions } from './smtp-sender.ts';

function refusalOf(environment: Record<string, string>): string {
  const settings = readMailSettings(environment);
  return settings.ok ? 'accepted' : settings.error.sentence;
}

const from = { OFFING_MAIL_FROM: 'Offing <offing@offing.example>' };

test('mail stays here when nothing is set', () => {
  expect(readMailSettings({ OFFING_MAIL: '' })).toMatchObject({
    ok: true,
    value: { provider: 'console', preview: false, from: { address: 'offing@localhost' } },
  });
});

test('names what is missing for each way out', () => {
  expect(refusalOf({ OFFING_MAIL: 'pigeon' })).toMatch(/^OFFING_MAIL must be one of console, smtp/);
  expect(refusalOf({ OFFING_MAIL: 'smtp', ...from })).toMatch(/^OFFING_SMTP_URL must be/);
  expect(refusalOf({ OFFING_MAIL: 'ses', ...from })).toMatch(/needs OFFING_SES_REGION/);
  expect(refusalOf({ OFFING_MAIL: 'sendgrid', ...from })).toMatch(/needs OFFING_SENDGRID_KEY/);
  expect(refusalOf({ OFFING_MAIL: 'sendgrid', OFFING_SENDGRID_KEY: 'k' })).toMatch(
    /needs OFFING_MAIL_FROM/,
  );
  expect(refusalOf({ OFFING_MAIL_FROM: 'nobody' })).toMatch(/^OFFING_MAIL_FROM must be an address/);
});

test('accepts each way out and never shows its secret', () => {
  const secret = 'canary-4711';
  const ways = [
    { OFFING_MAIL: 'smtp', OFFING_SMTP_URL: `smtps://u:${secret}@mail.example` },
    {
      OFFING_MAIL: 'ses',
      OFFING_SES_REGION: 'eu-central-1',
      OFFING_SES_USER: 'u',
      OFFING_SES_PASSWORD: secret,
    },
    { OFFING_MAIL: 'sendgrid', OFFING_SENDGRID_KEY: secret },
  ];
  for (const way of ways) {
    const settings = readMailSettings({ ...way, ...from });
    expect(settings).toMatchObject({ ok: true, value: { provider: way.OFFING_MAIL } });
    expect(JSON.stringify(settings)).not.toContain(secret);
  }
  expect(
    refusalOf({ OFFING_MAIL: 'smtp', OFFING_SMTP_URL: `http://u:${secret}@x`, ...from }),
  ).not.toContain(secret);
});

test('a region that is none cannot lead to another host', () => {
  const ses = { OFFING_MAIL: 'ses', OFFING_SES_USER: 'u', OFFING_SES_PASSWORD: 'p', ...from };
  expect(refusalOf({ ...ses, OFFING_SES_REGION: 'evil.example#' })).toMatch(/^OFFING_SES_REGION/);
});

test.each([
  ['smtps://u:p@mail.example', { port: 465, encryption: 'from-the-start' }],
  ['smtp://u:p@mail.example', { port: 587, encryption: 'starttls' }],
  ['smtp://127.0.0.1:1025', { port: 1025, login: null }],
  [
    'smtps://u%40x:p%3Aq@mail.example:2465',
    { port: 2465, login: { user: 'u@x', password: 'p:q' } },
  ],
])('reads %s', (text, expected) => {
  expect(smtpServerOf(text)).toMatchObject(expected);
});

test.each([
  '',
  'mail.example',
  'https://mail.example',
  'smtps://u@mail.example',
  'smtps://u:%zz@mail.example',
  'smtps://u:p@mail.example/?tls.rejectUnauthorized=false',
  'smtps://u:p@mail.example/path',
])('refuses %j as a mail server', (text) => {
  expect(smtpServerOf(text)).toBeNull();
});

test('never speaks in the clear to another machine, and checks who answers', () => {
  const far = [
    smtpServerOf('smtp://mail.example:25'),
    sesServer('eu-central-1', 'u', 'p'),
    sendgridServer('k'),
  ];
  for (const server of far) {
    if (!server) throw new Error('a server is named');
    const options = smtpOptions(server);
    expect(options).toMatchObject({
      requireTLS: true,
      ignoreTLS: false,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    expect(options.tls).toEqual({ minVersion: 'TLSv1.2' });
  }
});

test('reaches SES and SendGrid where they say', () => {
  expect(smtpOptions(sesServer('us-east-1', 'AKIA', 'pass'))).toMatchObject({
    host: 'email-smtp.us-east-1.amazonaws.com',
    port: 587,
    secure: false,
    auth: { user: 'AKIA', pass: 'pass' },
  });
  expect(smtpOptions(sendgridServer('SG.x'))).toMatchObject({
    host: 'smtp.sendgrid.net',
    port: 587,
    secure: false,
    auth: { user: 'apikey', pass: 'SG.x' },
  });
});

test('lists every variable that it reads', () => {
  expect([...mailVariableNames].sort()).toEqual([
    'OFFING_MAIL',
    'OFFING_MAIL_FROM',
    'OFFING_MAIL_PREVIEW',
    'OFFING_SENDGRID_KEY',
    'OFFING_SES_PASSWORD',
    'OFFING_SES_REGION',
    'OFFING_SES_USER',
    'OFFING_SMTP_URL',
  ]);
});
