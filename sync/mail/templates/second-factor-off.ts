/** To the owner of an account that an authenticator app guards no longer. */
import {
  becauseOfAccount,
  circumstances,
  circumstancesSample,
  factsOf,
  securityPage,
  template,
} from './template.ts';

export const secondFactorOff = template({
  shape: circumstances,
  sample: circumstancesSample,
  letter: ({ data, productUrl }) => ({
    subject: 'Codes from your app are no longer asked for',
    paragraphs: [
      'Signing in to your Offing account no longer takes a code from an authenticator app.',
    ],
    facts: factsOf(data),
    action: { label: 'Turn it on again', link: securityPage(productUrl) },
    why: becauseOfAccount,
    otherwise: 'If it was not you, choose a new password at once and sign all devices out.',
  }),
});
