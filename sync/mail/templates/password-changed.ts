/** To the owner of an account whose password is another one now. */
import {
  becauseOfAccount,
  circumstances,
  circumstancesSample,
  factsOf,
  resetPage,
  template,
} from './template.ts';

export const passwordChanged = template({
  shape: circumstances,
  sample: circumstancesSample,
  letter: ({ data, productUrl }) => ({
    subject: 'Your password was changed',
    paragraphs: [
      'The password of your Offing account was changed. All other devices were signed out.',
    ],
    facts: factsOf(data),
    action: { label: 'It was not me', link: resetPage(productUrl) },
    why: becauseOfAccount,
    otherwise:
      'If it was you, there is nothing to do. If it was not you, choose a new password at once.',
  }),
});
