/** Hands mail to an SMTP server, encrypted unless that is on this machine. */
import { createTransport } from 'nodemailer';
import { fail, ok, type Result } from '#core/result.ts';
import { isLoopback } from '../loopback.ts';
import type { Mail, MailFailure, MailFailureCode, MailSender } from './mail.ts';
import type { SenderTools } from './providers/provider.ts';

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** Whether encryption comes first (465) or is asked for with STARTTLS (587). */
  readonly encryption: 'from-the-start' | 'starttls';
  readonly login: { readonly user: string; readonly password: string } | null;
}

/** What nodemailer is given; `tls` names the authorities to trust where they are not the usual. */
export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** Never goes on in the clear, whatever the server or somebody between says. */
  readonly requireTLS: boolean;
  readonly ignoreTLS: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
  readonly tls: { readonly minVersion: 'TLSv1.2'; readonly ca?: string };
  readonly connectionTimeout: number;
  readonly greetingTimeout: number;
  readonly socketTimeout: number;
  readonly dnsTimeout: number;
  readonly disableFileAccess: true;
  readonly disableUrlAccess: true;
}

/** A mail server on this machine often has a certificate of its own making; the way to it is short. */
export function smtpOptions(server: SmtpServer): SmtpOptions {
  const { host, port, encryption, login } = server;
  const isNear = isLoopback(host);
  return {
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port,
    secure: encryption === 'from-the-start',
    requireTLS: encryption === 'starttls' && !isNear,
    ignoreTLS: encryption === 'starttls' && isNear,
    ...(login ? { auth: { user: login.user, pass: login.password } } : {}),
    tls: { minVersion: 'TLSv1.2' },
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
    dnsTimeout: 15_000,
    // A mail is text: nothing in it may make the server read a file or call an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

export function smtpSender(server: SmtpServer, tools: SenderTools): MailSender {
  const options = smtpOptions(server);
  const transport = createTransport(tools.adjust?.(options) ?? options);
  return {
    keepsMail: false,
    async send(mail) {
      try {
        await transport.sendMail(message(mail));
        return ok(undefined);
      } catch (error) {
        return failure(error);
      }
    },
  };
}

/** The envelope names the recipient by itself, so that no header can add another. */
export function message(mail: Mail) {
  return {
    envelope: { from: mail.from.address, to: [mail.to] },
    from: { name: mail.from.name, address: mail.from.address },
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    date: new Date(mail.writtenMs),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** The server's own words are not kept: they hold the address and whatever it likes to say. */
function failure(error: unknown): Result<never, MailFailure> {
  const found = error as { code?: unknown; responseCode?: unknown; permanent?: unknown };
  const reply = typeof found.responseCode === 'number' ? found.responseCode : 0;
  const code = codeOf(String(found.code ?? ''), reply, found.permanent === true);
  return fail({ code, reply, isFinal: code === 'mail.refused' });
}

/** A wrong password or certificate is mended by an operator: the mail waits for that. */
function codeOf(code: string, reply: number, isPermanent: boolean): MailFailureCode {
  if (/^E(AUTH|NOAUTH|OAUTH2)$/.test(code)) return 'mail.credentials-refused';
  if (/^E(TLS|REQUIRETLS)$/.test(code)) return 'mail.unencrypted';
  if (reply === 0) return code === 'EENVELOPE' ? 'mail.refused' : 'mail.unreachable';
  return isPermanent ? 'mail.refused' : 'mail.put-off';
}
