/** To somebody who asked for a new password. */
import { lifeWords, linkSample, linkShape, template, tokenLink } from './template.ts';

export const resetPassword = template({
  shape: linkShape,
  sample: { ...linkSample, lifeHours: 1 },
  letter: ({ data, productUrl }) => ({
    subject: 'Choose a new password',
    paragraphs: [
      'Somebody asked for a new password for your Offing account.',
      `The link works once, for ${lifeWords(data.lifeHours)}. Afterwards you sign in anew on every device.`,
    ],
    action: {
      label: 'Choose a password',
      link: tokenLink(productUrl, '/account/reset/', data.token),
    },
    why: 'You get this because somebody typed this address on the page for forgotten passwords.',
    otherwise: 'If it was not you, ignore this mail. Your password stays as it is.',
  }),
});
