/** How mail leaves this installation, read from the environment. */
import { z } from 'zod';
import { assert } from '#core/assert.ts';
import { ok, type Result } from '#core/result.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { readSender, type Sender } from './address.ts';
import type { OpenSender, Variables } from './providers/provider.ts';
import { providerNames, providers, type ProviderName } from './providers/registry.ts';

export interface MailSettings {
  readonly provider: ProviderName;
  readonly from: Sender;
  /** Whether /mail-preview/ is served. */
  readonly preview: boolean;
  /** Made once, when the address of the server is known; holds the secrets so that nothing else does. */
  readonly openSender: OpenSender;
}

const ownVariables = z.object({
  OFFING_MAIL: z
    .enum(providerNames, `OFFING_MAIL must be one of ${providerNames.join(', ')}.`)
    .optional(),
  OFFING_MAIL_FROM: z
    .string()
    .refine(
      (text) => readSender(text) !== null,
      'OFFING_MAIL_FROM must be an address, such as Offing <offing@example.com>.',
    )
    .optional(),
  OFFING_MAIL_PREVIEW: z.enum(['0', '1'], 'OFFING_MAIL_PREVIEW must be 0 or 1.').optional(),
});

/** The names of every variable that mail reads. */
export const mailVariableNames: readonly string[] = [
  ownVariables.shape,
  ...Object.values(providers).map(({ variables }) => variables),
].flatMap((shape) => Object.keys(shape));

const nobody = readSender('Offing <offing@localhost>');

/** The settings, or why not to start with them; an empty variable counts as unset. */
export function readMailSettings(environment: Variables): Result<MailSettings, Refusal> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value));
  const own = ownVariables.safeParse(given);
  if (!own.success) return refuse(own.error.issues[0]!.message);
  const { OFFING_MAIL: provider = 'console', OFFING_MAIL_FROM, OFFING_MAIL_PREVIEW } = own.data;
  const { variables, open } = providers[provider];
  const theirs = z.object(variables).safeParse(given);
  if (!theirs.success) return refuse(theirs.error.issues[0]!.message);
  const sender = open(given);
  if (!sender.ok) return sender;
  const from = OFFING_MAIL_FROM === undefined ? null : readSender(OFFING_MAIL_FROM);
  if (!from && provider !== 'console') {
    return refuse(
      `OFFING_MAIL=${provider} needs OFFING_MAIL_FROM, such as Offing <offing@example.com>.`,
    );
  }
  assert(nobody !== null, 'the sender of mail that goes nowhere is an address');
  return ok({
    provider,
    from: from ?? nobody,
    preview: OFFING_MAIL_PREVIEW === '1',
    openSender: sender.value,
  });
}
