/** What reached a mail server of the test's own, as a person reads it. */
import { setTimeout as wait } from 'node:timers/promises';
import { mailServer } from '../mail-server.ts';

export interface ReceivedMail {
  readonly to: string;
  readonly subject: string;
  /** All parts, decoded. */
  readonly text: string;
}

export interface Mailbox {
  readonly port: number;
  /** The newest mail to this address with this in its subject, waited for. */
  newest(to: string, subject: RegExp): Promise<ReceivedMail>;
  /** The token in the newest such mail's link. */
  token(to: string, subject: RegExp): Promise<string>;
  close(): Promise<void>;
}

export async function openMailbox(): Promise<Mailbox> {
  const server = await mailServer({ encryption: 'none' });
  const newest = async (to: string, subject: RegExp) => {
    for (;;) {
      const mails = server.received.map((mail) => readMail(mail.to.join(','), mail.source));
      const found = mails.findLast((mail) => mail.to === to && subject.test(mail.subject));
      if (found) return found;
      await wait(20);
    }
  };
  return {
    port: server.port,
    newest,
    async token(to, subject) {
      const { text } = await newest(to, subject);
      const token = /#([0-9a-f-]{36}\.[A-Za-z0-9_-]{43})/.exec(text)?.[1];
      if (!token) throw new Error(`There is no link in: ${text}`);
      return token;
    },
    close: () => server.kill(),
  };
}

function readMail(to: string, raw: string): ReceivedMail {
  const parts = raw.split(/\r\n--[^\r\n]+\r\n/);
  const decoded = parts.map((part) => {
    const at = part.indexOf('\r\n\r\n');
    const body = part.slice(at + 4);
    if (/transfer-encoding: base64/i.test(part)) return Buffer.from(body, 'base64').toString();
    return /transfer-encoding: quoted-printable/i.test(part) ? unquote(body) : body;
  });
  return { to, subject: subjectOf(raw), text: decoded.join('\n') };
}

function subjectOf(raw: string): string {
  const line = /^Subject: (.*(?:\r\n[ \t].*)*)/im.exec(raw)?.[1] ?? '';
  return line
    .replaceAll(/\r\n[ \t]/g, ' ')
    .replaceAll(/=\?UTF-8\?Q\?(.*?)\?=/gi, (_, text: string) => unquote(text.replaceAll('_', ' ')));
}

function unquote(text: string): string {
  return text
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
