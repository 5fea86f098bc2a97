/** Shapes that the inputs of several procedures share: bounded, so that nothing huge gets far. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';

/** Text that Postgres can hold: without NUL and half characters. */
export function plainText(maxLength: number) {
  return z
    .string()
    .max(maxLength)
    .regex(/^[^\0\p{Cs}]*$/u);
}

export const emailText = plainText(254).min(1);
/** Longer than any that is accepted, so that the policy says in words what is wrong. */
export const passwordText = z.string().min(1).max(2_000);
export const tokenText = z.string().min(1).max(200);
export const idText = z.uuid();

/** A name people gave: one line, without what cannot be seen. */
export function nameText(minLength: number) {
  return z
    .string()
    .trim()
    .min(minLength)
    .max(80)
    .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u);
}

const base64url = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[A-Za-z0-9_-]*$/);

const key = {
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal('public-key'),
  clientExtensionResults: z.record(z.string().max(40), z.unknown()),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
};

export const credentialIdText = base64url(1_400);

/** What an authenticator answers at sign-in; its content is checked by the library. */
export const passkeyResponse = z.object({
  ...key,
  response: z.object({
    clientDataJSON: base64url(4_000),
    authenticatorData: base64url(4_000),
    signature: base64url(4_000),
    userHandle: base64url(200).optional(),
  }),
}) as unknown as z.ZodType<AuthenticationResponseJSON>;

/** What an authenticator answers when it made a key. */
export const newPasskeyResponse = z.object({
  ...key,
  response: z.object({
    clientDataJSON: base64url(4_000),
    attestationObject: base64url(20_000),
    transports: z.array(z.string().max(20)).max(10).optional(),
    publicKeyAlgorithm: z.number().optional(),
    publicKey: base64url(4_000).optional(),
    authenticatorData: base64url(4_000).optional(),
  }),
}) as unknown as z.ZodType<RegistrationResponseJSON>;
