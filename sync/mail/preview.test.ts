import { expect, test } from 'vitest';
import { mailPreview } from './preview.ts';
import { templateNames } from './templates/registry.ts';

test('shows every mail, its HTML locked in a frame', () => {
  const page = mailPreview('/mail-preview/');
  if (!page) throw new Error('the page is there');
  for (const name of templateNames) expect(page.html).toContain(`<h2 id="${name}">`);
  expect(page.html.match(/<iframe sandbox="" /g)).toHaveLength(templateNames.length);
  expect(page.html).not.toMatch(/<script/i);
  expect(page.html.match(/<html/g)).toHaveLength(1);
});

test('is at one path alone', () => {
  expect(mailPreview('/mail-preview/other')).toBeNull();
  expect(mailPreview('/')).toBeNull();
});
