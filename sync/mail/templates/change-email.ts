/** To a new address of an account, before it becomes that. */
import { lifeWords, linkSample, linkShape, template, tokenLink } from './template.ts';

export const changeEmail = template({
  shape: linkShape,
  sample: { ...linkSample, lifeHours: 24 },
  letter: ({ data, productUrl }) => ({
    subject: 'Confirm your new e-mail address',
    paragraphs: [
      'This address is to become that of an Offing account. Confirm it to make the change.',
      `The link works for ${lifeWords(data.lifeHours)}. Until then the old address stays in use.`,
    ],
    action: {
      label: 'Use this address',
      link: tokenLink(productUrl, '/account/email/', data.token),
    },
    why: 'You get this because the owner of an account typed this address as the new one.',
    otherwise: 'If it was not you, ignore this mail. Without your confirmation nothing changes.',
  }),
});
