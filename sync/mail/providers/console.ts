/** No mail server: mail stays on this machine, for its admin to read. */
import { ok } from '#core/result.ts';
import { domainOf } from '../address.ts';
import type { Mail, MailSender } from '../mail.ts';
import type { MailProvider, SenderTools } from './provider.ts';

/**
 * Prints the mail where a person sees it.
 *
 * Output that goes to a file or a service's log gets neither the address nor the text: the links
 * in it open accounts.
 */
function consoleSender({ say, isTerminal, outboxUrl }: SenderTools): MailSender {
  return {
    keepsMail: true,
    async send(mail) {
      for (const line of isTerminal ? whole(mail) : outline(mail, outboxUrl)) say(line);
      return ok(undefined);
    },
  };
}

function whole({ to, text }: Mail): readonly string[] {
  return [
    `Mail to ${to}`,
    ...text
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`),
  ];
}

function outline({ to, subject }: Mail, outboxUrl: string): readonly string[] {
  return [`Mail to somebody at ${domainOf(to)}: ${subject}. Admins can read it at ${outboxUrl}`];
}

export const consoleProvider: MailProvider = {
  variables: {},
  open: () => ok(consoleSender),
};
