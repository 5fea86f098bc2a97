import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isPersonal,
  lengthWeakness,
  maxPasswordLength,
  minPasswordLength,
} from './password-policy.ts';

/** Any characters, those outside the basic plane included. */
const text = (minLength: number, maxLength: number) =>
  fc.string({ unit: 'binary', minLength, maxLength });
const word = fc.stringMatching(/^[a-z]{4,9}$/);

describe('the length of a password', () => {
  test('is short below the least, whatever its characters', () => {
    fc.assert(
      fc.property(text(0, minPasswordLength - 1), (password) => {
        expect(lengthWeakness(password)).toBe('short');
      }),
    );
  });

  test('is right from the least to the most, and too long beyond', () => {
    fc.assert(
      fc.property(text(minPasswordLength, maxPasswordLength + 40), (password) => {
        const isLong = [...password].length > maxPasswordLength;
        expect(lengthWeakness(password)).toBe(isLong ? 'long' : null);
      }),
    );
  });

  test('counts a character outside the basic plane once', () => {
    expect(lengthWeakness('⛵'.repeat(minPasswordLength))).toBeNull();
    expect(lengthWeakness('🏴'.repeat(minPasswordLength - 1))).toBe('short');
    expect(lengthWeakness('🏴'.repeat(maxPasswordLength))).toBeNull();
  });
});

describe('a password is personal', () => {
  test('when it is made of its owner’s words, in any order, case and number', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const password = words.map((one, index) => (index % 2 ? one.toUpperCase() : one)).join('');
        expect(isPersonal(`${password}1!`, words)).toBe(true);
      }),
    );
  });

  test('when the parts of an address make it up', () => {
    expect(isPersonal('JohnHarbour99', ['john.harbour@offing.example'])).toBe(true);
  });

  test('and not when as much again stands beside those words', () => {
    fc.assert(
      fc.property(word, fc.stringMatching(/^[0-9]{6,20}$/), (owner, rest) => {
        expect(isPersonal(owner + rest, [owner])).toBe(false);
      }),
    );
  });

  test('and not for words too short to say anything', () => {
    fc.assert(
      fc.property(
        text(minPasswordLength, 40),
        fc.stringMatching(/^[a-z]{0,3}$/),
        (password, short) => {
          expect(isPersonal(password, [short])).toBe(false);
        },
      ),
    );
  });
});
