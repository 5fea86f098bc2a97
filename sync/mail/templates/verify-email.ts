/** To somebody who signed up: whether the address is theirs. */
import { lifeWords, linkSample, linkShape, template, tokenLink } from './template.ts';

export const verifyEmail = template({
  shape: linkShape,
  sample: linkSample,
  letter: ({ data, productUrl }) => ({
    subject: 'Confirm your e-mail address',
    paragraphs: [
      'An Offing account was made with this address. Confirm the address to finish it.',
      `The link works for ${lifeWords(data.lifeHours)}. You will be asked for your password.`,
    ],
    action: {
      label: 'Confirm address',
      link: tokenLink(productUrl, '/account/verify/', data.token),
    },
    why: 'You get this because somebody typed this address when making an account.',
    otherwise:
      'If it was not you, ignore this mail. Without your confirmation nothing comes of it.',
  }),
});
