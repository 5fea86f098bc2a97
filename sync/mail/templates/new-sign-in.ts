/** To the owner of an account that was opened on a device not seen before. */
import {
  becauseOfAccount,
  circumstances,
  circumstancesSample,
  factsOf,
  securityPage,
  template,
} from './template.ts';

export const newSignIn = template({
  shape: circumstances,
  sample: circumstancesSample,
  letter: ({ data, productUrl }) => ({
    subject: 'A new device signed in',
    paragraphs: [
      'Somebody signed in to your Offing account on a device that had not done so before.',
    ],
    facts: factsOf(data),
    action: { label: 'Look at my devices', link: securityPage(productUrl) },
    why: becauseOfAccount,
    otherwise:
      'If it was you, there is nothing to do. If it was not you, sign that device out and change your password.',
  }),
});
