/** Passwords: any that is long and not easy, kept hard to guess, checked exactly as typed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPasswords } from '../../sync/auth/passwords.ts';

const passwords = createPasswords();
const reasonOf = async (password: string, words: readonly string[] = []) => {
  const judged = await passwords.judge(password, words);
  return judged.ok ? null : judged.error.figures?.['reason'];
};

const long = 'granite tide under a tidal clock '.repeat(8).slice(0, 256);

describe('a password', () => {
  it.each([
    ['small letters alone', 'tidalclockundergranite'],
    ['capitals alone', 'TIDALCLOCKUNDERGRANITE'],
    ['digits alone', '8305174926650394'],
    ['signs alone', '~}|{^[@?>=<;:/.-,+'],
    ['spaces within and around', '  tidal clock granite  '],
    ['letters of other scripts', 'прилив под гранитом'],
    ['pictures', '🦀🌊🪨⏰🧭🪁🦉🌘🪵🍋🎻🦞'],
    ['64 characters', long.slice(0, 64)],
    ['256 characters', long],
  ])('may be made of %s', async (_, password) => {
    expect(await reasonOf(password)).toBeNull();
  });

  it('is checked exactly as typed: case, spaces, spelling of letters and every character to the last', async () => {
    const typed = ` Ebbe über ${long}`.slice(0, 200);
    const kept = await passwords.hash(typed);
    if (!kept.ok) throw new Error(kept.error.detail);
    const matches = async (password: string) => {
      const right = await passwords.matches(kept.value, password);
      return right.ok && right.value;
    };
    expect(await matches(typed)).toBe(true);
    const others = [
      typed.toLowerCase(),
      typed.trim(),
      typed.normalize('NFD'),
      `${typed} `,
      typed.slice(0, -1),
      `${typed.slice(0, -1)}#`,
      typed.slice(0, 72),
    ];
    for (const other of others) expect(await matches(other), other).toBe(false);
  });

  it('is kept as Argon2id with 64 MiB and three passes, salted anew each time', async () => {
    const kept = await Promise.all([passwords.hash(long), passwords.hash(long)]);
    const texts = kept.map((hash) => (hash.ok ? hash.value : ''));
    for (const text of texts) {
      expect(text).toMatch(
        /^\$argon2id\$v=19\$m=65536,t=3,p=1\$[A-Za-z0-9+/]{22,}\$[A-Za-z0-9+/]{43}$/,
      );
    }
    expect(texts[0]).not.toBe(texts[1]);
  });

  const page = readFileSync(join(import.meta.dirname, '../../docs/security/asvs.md'), 'utf8');
  const section = page.split('\n### Words in passwords\n')[1]?.split('\n### ')[0] ?? '';
  const listed = [...section.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);

  it('that is made of words which the documentation lists is refused', async () => {
    expect(listed.length).toBeGreaterThan(2);
    for (const word of listed) {
      const password = `${word}-${word}-${word}!!`.slice(0, 60);
      expect(await reasonOf(password), password).toBe('personal');
    }
    expect(await reasonOf('mira.harbour-mira', ['mira.harbour@offing.example'])).toBe('personal');
    expect(await reasonOf('Harbour, Mira 77', ['mira@offing.example', 'Mira Harbour'])).toBe(
      'personal',
    );
  });
});
