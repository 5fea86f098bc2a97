/** Colours of one's own can be read in both themes, and who mixes them up is named. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blindTo, contrastRatio, leastContrast, ownPairOf, readableShade } from './own-pair.ts';

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);
const grounds = {
  light: ['#ffffff', '#f4f6f8', '#eff2f4'],
  dark: ['#12161a', '#0b0f12', '#1b2125'],
};

test('contrast is what the standard says of known pairs', () => {
  expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrastRatio('#777777', '#ffffff')).toBeCloseTo(4.478, 2);
  expect(contrastRatio('#123456', '#123456')).toBe(1);
});

test('every colour becomes a shade that can be read on each ground of the theme', () => {
  fc.assert(
    fc.property(colour, fc.constantFrom('light', 'dark'), (hex, theme) => {
      const shade = readableShade(hex, theme);
      expect(shade).toMatch(/^#[\da-f]{6}$/);
      for (const ground of grounds[theme]) {
        expect(contrastRatio(shade, ground)).toBeGreaterThanOrEqual(leastContrast);
      }
    }),
  );
});

test('a colour that can be read stays as it was chosen', () => {
  expect(readableShade('#0072b2', 'light')).toBe('#0072b2');
  expect(readableShade('#56b4e9', 'dark')).toBe('#56b4e9');
});

test('blue and orange are told apart by all eyes, red and green of one lightness are not', () => {
  expect(blindTo(ownPairOf({ up: '#0072b2', down: '#e69f00' }))).toEqual([]);
  expect(blindTo(ownPairOf({ up: '#6f9a00', down: '#c27700' }))).not.toEqual([]);
  expect(blindTo(ownPairOf({ up: '#008800', down: '#008800' }))).toContain('all');
});
