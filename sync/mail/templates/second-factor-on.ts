/** To the owner of an account that an authenticator app guards from now on. */
import {
  becauseOfAccount,
  circumstances,
  circumstancesSample,
  factsOf,
  securityPage,
  template,
} from './template.ts';

export const secondFactorOn = template({
  shape: circumstances,
  sample: circumstancesSample,
  letter: ({ data, productUrl }) => ({
    subject: 'Codes from your app are now asked for',
    paragraphs: [
      'Signing in to your Offing account now takes a code from your authenticator app.',
      'Keep the recovery codes somewhere safe: without app and codes nobody can let you in.',
    ],
    facts: factsOf(data),
    action: { label: 'Look at my security page', link: securityPage(productUrl) },
    why: becauseOfAccount,
    otherwise: 'If it was not you, choose a new password at once and sign all devices out.',
  }),
});
