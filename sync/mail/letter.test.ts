import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeLetter } from './compose.ts';
import { letterHtml } from './letter-html.ts';
import { letterText } from './letter-text.ts';
import { quoted, singleLine } from './letter.ts';
import { templateNames, templates, type TemplateName } from './templates/registry.ts';

const productUrl = 'https://offing.example';

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='x",
    'a\r\nBcc: everyone@example.com',
    'a\u2028b\u202Ec\u0000d',
    '&lt;b&gt;',
    'Win at https://evil.example now',
  ),
);

/** The data of the sample with every text in it, at any depth, exchanged. */
function withTexts(data: unknown, text: string): unknown {
  if (typeof data === 'string') return text;
  if (Array.isArray(data)) return data.map((value) => withTexts(value, text));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      key === 'role' ? value : withTexts(value, text),
    ]),
  );
}

/** The tags with their attributes, addresses of links left out: what data must not change. */
function skeleton(html: string): string {
  const tags = html.match(/<[^>]*>/g) ?? [];
  return tags.map((tag) => tag.replace(/href="[^"]*"/, 'href')).join('\n');
}

function write(name: TemplateName, data: unknown) {
  const mail = composeLetter(name, data, productUrl);
  if (!mail) throw new Error(`${name} does not take its own sample`);
  return mail;
}

describe.each(templateNames)('the mail %s', (name) => {
  const { sample } = templates[name];

  test('says the same in text and HTML, with the link as button and as text', () => {
    const letter = templates[name].write(sample, productUrl);
    if (!letter) throw new Error('the sample has the shape');
    const text = letterText(letter, productUrl);
    const html = letterHtml(letter, productUrl);
    const said = [letter.subject, ...letter.paragraphs, letter.why, letter.otherwise];
    for (const sentence of [...said, ...(letter.facts ?? []).flat()]) {
      expect(text).toContain(sentence);
      expect(html).toContain(sentence);
    }
    if (letter.action) {
      expect(letter.action.link.startsWith(`${productUrl}/`)).toBe(true);
      expect(text).toContain(letter.action.link);
      expect(html.split(`href="${letter.action.link}"`)).toHaveLength(3);
      expect(html).toContain(`>${letter.action.link}</a>`);
    }
    expect(letter.subject.length).toBeLessThan(60);
  });

  test('fetches nothing and runs nothing', () => {
    const { html } = write(name, sample);
    expect(html).not.toMatch(
      /<(img|script|link|iframe|form|object)\b|\bsrc=|url\(|@import|\son\w+=/i,
    );
  });

  test('holds what others chose as text, whatever it is', () => {
    const expected = write(name, sample);
    fc.assert(
      fc.property(hostile, (text) => {
        const mail = write(name, withTexts(sample, text));
        expect(skeleton(mail.html)).toBe(skeleton(expected.html));
        expect(mail.subject).toBe(singleLine(mail.subject));
        expect(mail.text.split('\n')).toHaveLength(expected.text.split('\n').length);
        expect(mail.text).not.toMatch(/[^\P{C}\n]|\p{Zl}|\p{Zp}/u);
      }),
    );
  });

  test('is refused when its data are not of its shape', () => {
    expect(composeLetter(name, null, productUrl)).toBeNull();
    expect(composeLetter(name, 'text', productUrl)).toBeNull();
  });
});

test('a name that a stranger chose becomes no link and no second line', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(quoted(text)).not.toMatch(/:\/\/|@|\.\p{L}|\p{C}|[\r\n]/u);
      expect(quoted(text).length).toBeLessThanOrEqual(80);
    }),
  );
  expect(quoted('Visit https://evil.example\r\nnow')).toBe('Visit https evil example now');
  expect(quoted('Firefox 130.0 on Linux')).toBe('Firefox 130.0 on Linux');
});
