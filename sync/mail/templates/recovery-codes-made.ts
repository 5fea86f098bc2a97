/** To the owner of an account whose recovery codes are others now. */
import {
  becauseOfAccount,
  circumstances,
  circumstancesSample,
  factsOf,
  securityPage,
  template,
} from './template.ts';

export const recoveryCodesMade = template({
  shape: circumstances,
  sample: circumstancesSample,
  letter: ({ data, productUrl }) => ({
    subject: 'You have new recovery codes',
    paragraphs: [
      'New recovery codes were made for your Offing account. The earlier ones work no longer.',
    ],
    facts: factsOf(data),
    action: { label: 'Look at my security page', link: securityPage(productUrl) },
    why: becauseOfAccount,
    otherwise: 'If it was not you, choose a new password at once and sign all devices out.',
  }),
});
