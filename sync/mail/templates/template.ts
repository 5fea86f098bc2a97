/** What a kind of mail is: the data it is written from, and the letter it becomes. */
import { z } from 'zod';
import { moment, quoted, type Letter } from '../letter.ts';

export interface Template<Data extends object> {
  readonly shape: z.ZodType<Data>;
  /** Made up, for the preview page and for tests. */
  readonly sample: Data;
  /** The letter, or null where the data are not of the shape. */
  write(data: unknown, productUrl: string): Letter | null;
}

/** `letter` is handed checked data and the address of the product, without a slash at its end. */
export function template<Data extends object>(description: {
  readonly shape: z.ZodType<Data>;
  readonly sample: Data;
  readonly letter: (given: { readonly data: Data; readonly productUrl: string }) => Letter;
}): Template<Data> {
  const { shape, sample, letter } = description;
  return {
    shape,
    sample,
    write(data, productUrl) {
      const parsed = shape.safeParse(data);
      return parsed.success ? letter({ data: parsed.data, productUrl }) : null;
    },
  };
}

/** A link that opens one thing once; the part after # never reaches a server's log. */
export const linkShape = z.object({ token: z.string(), lifeHours: z.number().positive() });
export const linkSample = {
  token: '3f0c1d52-7b1e-4a38-9a55-0a4f2f7d9e10.Zm9yLXRoZS1wcmV2aWV3LW9ubHktbm90LWEtbGluaw',
  lifeHours: 48,
};

export function tokenLink(productUrl: string, path: string, token: string): string {
  return `${productUrl}${path}#${encodeURIComponent(token)}`;
}

/** Two days rather than 48 hours. */
export function lifeWords(lifeHours: number): string {
  const inDays = lifeHours >= 48;
  const count = Math.round(inDays ? lifeHours / 24 : lifeHours);
  const unit = inDays ? 'day' : 'hour';
  return count === 1 ? `one ${unit}` : `${count} ${unit}s`;
}

/** When, on what and from where something was done; device and address in words for people. */
export const circumstances = z.object({
  atMs: z.number(),
  device: z.string(),
  address: z.string(),
});
export type Circumstances = z.infer<typeof circumstances>;
export const circumstancesSample: Circumstances = {
  atMs: Date.UTC(2026, 2, 14, 9, 26),
  device: 'Firefox on Linux',
  address: '203.0.113.7',
};

export function factsOf({ atMs, device, address }: Circumstances) {
  return [
    ['When', moment(atMs)],
    ['Device', quoted(device)],
    ['Network address', quoted(address)],
  ] as const;
}

export const becauseOfAccount =
  'You get this because this address belongs to an Offing account. Mails about its safety cannot be turned off.';

export const securityPage = (productUrl: string) => `${productUrl}/security/`;
export const resetPage = (productUrl: string) => `${productUrl}/account/reset/`;
