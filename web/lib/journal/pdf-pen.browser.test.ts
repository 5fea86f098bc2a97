/** The pen of a PDF in a real browser: what it draws has ink where the letters are, and nowhere else. */
import { expect, test } from 'vitest';
import { devicePen } from './pdf-pen.ts';

const look = { sizePt: 8, font: 'plain' } as const;

test('a text is as wide as it says, and no ink is cut off at an edge', () => {
  const pen = devicePen();
  for (const text of ['отчёт', 'Łódź', 'ĝj', 'f̈', 'שלום', 'ок'.repeat(200)]) {
    const { bits, widthDots, heightDots, ascentDots, dotsPerPt } = pen.draw(text, look);
    const rowBytes = Math.ceil(widthDots / 8);
    expect(bits).toHaveLength(rowBytes * heightDots);
    expect(Math.abs(widthDots / dotsPerPt - pen.widthOf(text, look))).toBeLessThan(2);
    const isInk = (x: number, y: number) =>
      (bits[y * rowBytes + (x >> 3)]! & (0x80 >> (x & 7))) > 0;
    const places = Array.from({ length: widthDots * heightDots }, (_, at) => at);
    const inked = places.filter((at) => isInk(at % widthDots, Math.floor(at / widthDots)));
    expect(inked.length / places.length).toBeGreaterThan(0.02);
    const edge = inked.filter((at) => {
      const [x, y] = [at % widthDots, Math.floor(at / widthDots)];
      return x === 0 || y === 0 || x === widthDots - 1 || y === heightDots - 1;
    });
    expect(edge).toEqual([]);
    // Most of a word stands on its line.
    expect(inked.filter((at) => at < ascentDots * widthDots).length).toBeGreaterThan(
      inked.length / 2,
    );
  }
});

test('a bold text has more ink', () => {
  const pen = devicePen();
  const ink = (font: 'plain' | 'bold') =>
    pen
      .draw('Сделки', { sizePt: 8, font })
      .bits.reduce((sum, byte) => sum + byte.toString(2).split('1').length - 1, 0);
  expect(ink('bold')).toBeGreaterThan(ink('plain'));
});
