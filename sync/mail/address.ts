/** E-mail addresses that can go into a header without becoming another one. */

declare const checked: unique symbol;
/** An address without spaces, control characters or anything that ends or divides a header. */
export type MailAddress = string & { readonly [checked]: true };

export interface Sender {
  readonly name: string;
  readonly address: MailAddress;
}

const shape =
  /^[^\s\p{C}@<>()[\]\\,;:"]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,250}[\p{L}\p{N}])?$/u;

/** The address as it is, or null where it cannot be one. */
export function mailAddress(text: string): MailAddress | null {
  return text.length <= 254 && shape.test(text) && !text.includes('..')
    ? (text as MailAddress)
    : null;
}

/** Reads `Name <address>` or an address alone; null where it is neither. */
export function readSender(text: string): Sender | null {
  const match = /^\s*(?:"?([^"<>\p{C}]*?)"?\s*<([^<>]+)>|([^<>]+))\s*$/u.exec(text);
  const address = mailAddress((match?.[2] ?? match?.[3] ?? '').trim());
  return address && { name: match?.[1]?.trim() ?? '', address };
}

export function domainOf(address: MailAddress): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
