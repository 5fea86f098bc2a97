/** From what was kept of a mail to what is sent and shown. */
import { z } from 'zod';
import { placeOf } from '../vault/sealed-columns.ts';
import type { Vault } from '../vault/vault.ts';
import type { mails } from '../schema/mails.ts';
import { mailAddress, type MailAddress } from './address.ts';
import { letterHtml } from './letter-html.ts';
import { letterText } from './letter-text.ts';
import { singleLine } from './letter.ts';
import { isTemplateName, templates } from './templates/registry.ts';

export type MailRow = typeof mails.$inferSelect;

export interface ComposedMail {
  readonly to: MailAddress;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const contentShape = z.object({ to: z.string(), data: z.unknown() });

/** The sealed form of recipient and data; opens in the row of this mail alone. */
export function sealContent(
  vault: Vault,
  at: { readonly userId: string; readonly mailId: string },
  content: { readonly to: string; readonly data: object },
): string {
  return vault.seal(JSON.stringify(content), contentPlace(at));
}

/** What takes the place of content no longer kept; sealed too, so that every value of the column is. */
export function sealNothing(
  vault: Vault,
  at: { readonly userId: string; readonly mailId: string },
): string {
  return vault.seal('', contentPlace(at));
}

/**
 * The mail of a row; null where its content is no longer kept, or this version cannot read it.
 *
 * Throws where the content does not open: a damaged database.
 */
export function compose(vault: Vault, row: MailRow, productUrl: string): ComposedMail | null {
  const opened = vault.open(row.sealedContent, contentPlace(row));
  if (opened === '' || !isTemplateName(row.template)) return null;
  const content = contentShape.safeParse(JSON.parse(opened));
  const to = mailAddress(content.data?.to ?? '');
  const written = composeLetter(row.template, content.data?.data, productUrl);
  return to && written && { to, ...written };
}

/** What a template makes of data, in both forms; null where the data are not of its shape. */
export function composeLetter(
  name: keyof typeof templates,
  data: unknown,
  productUrl: string,
): Omit<ComposedMail, 'to'> | null {
  const letter = templates[name].write(data, productUrl);
  return (
    letter && {
      subject: singleLine(letter.subject),
      text: letterText(letter, productUrl),
      html: letterHtml(letter, productUrl),
    }
  );
}

function contentPlace({ userId, mailId }: { userId: string; mailId: string }) {
  return placeOf('mailContent', { userId, row: mailId });
}
