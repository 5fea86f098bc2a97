/**
 * The particulars of an audit entry, sealed by the account's own key.
 *
 * The sealed text is `1.` and the JSON of the particulars as `aes-gcm.ts` seals it, in base64url,
 * bound to the account and the entry's number. It is empty where the account had no key any more
 * when the entry was added: such an entry has no particulars.
 */
import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { assert } from '#core/assert.ts';
import { bytesOf, openBytes, sealBytes } from '../vault/aes-gcm.ts';
import { lengthPrefixed } from '../vault/length-prefixed.ts';

export type AuditDetail = Readonly<Record<string, string | number | boolean>>;

/** The entry that the particulars belong to. */
export interface DetailPlace {
  readonly userId: string;
  readonly seq: number;
}

const format = '1';
const shape = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** A fresh key as the vault keeps it. */
export function freshDetailKey(): string {
  return randomBytes(32).toString('base64url');
}

export function detailKey(text: string): KeyObject {
  return createSecretKey(Buffer.from(text, 'base64url'));
}

export function sealDetail(key: KeyObject | null, detail: AuditDetail, place: DetailPlace): string {
  if (key === null) return '';
  const bytes = sealBytes(key, Buffer.from(JSON.stringify(detail), 'utf8'), bound(place));
  return `${format}.${bytes.toString('base64url')}`;
}

/** Null where the key is gone; throws where the entry is damaged. */
export function openDetail(
  key: KeyObject | null,
  sealed: string,
  place: DetailPlace,
): AuditDetail | null {
  if (key === null || sealed === '') return null;
  const bytes = sealed.startsWith(`${format}.`) ? bytesOf(sealed.slice(format.length + 1)) : null;
  const clear = bytes && openBytes(key, bytes, bound(place));
  assert(clear !== null, 'the particulars of an audit entry are whole');
  return shape.parse(JSON.parse(clear.toString('utf8')));
}

const bound = ({ userId, seq }: DetailPlace) =>
  lengthPrefixed([`offing.audit-detail.${format}`, userId, `${seq}`]);
