/** Links in a mail's text are found, and nothing of the text is lost. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textPieces } from './mail-text.ts';

test('a link with its token is one piece, without the full stop after it', () => {
  const href = 'http://localhost:5173/account/verify/#abc-DEF_1.2';
  expect(textPieces(`Open ${href}. Thanks`)).toEqual([
    { text: 'Open ', href: null },
    { text: href, href },
    { text: '. Thanks', href: null },
  ]);
});

test('the pieces together are the text, and only http becomes a link', () => {
  const word = fc.oneof(
    fc.string(),
    fc.webUrl(),
    fc.constantFrom('javascript:alert(1)', 'http://', 'https://a.b).', '\n'),
  );
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const text = words.join(' ');
      const pieces = textPieces(text);
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      for (const { href } of pieces) if (href !== null) expect(href).toMatch(/^https?:\/\//);
    }),
  );
});
