import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { maxPasswordLength } from '../../core/identity/password-policy.ts';
import { readCommonPasswords } from './common-passwords.ts';
import { createPasswords, type Passwords } from './passwords.ts';

let passwords: Passwords;
beforeAll(async () => {
  passwords = createPasswords();
});

async function hashOf(password: string): Promise<string> {
  const hash = await passwords.hash(password);
  if (!hash.ok) throw new Error(hash.error.detail);
  return hash.value;
}
const isRight = async (hash: string | null, password: string) => {
  const right = await passwords.matches(hash, password);
  return right.ok && right.value;
};
const reasonOf = async (password: string, words: readonly string[] = []) => {
  const judged = await passwords.judge(password, words);
  return judged.ok ? null : judged.error.figures?.['reason'];
};

describe('a hash', () => {
  test('is Argon2id with 64 MiB, three passes and one lane, salted anew each time', async () => {
    const [one, two] = [await hashOf('a quiet harbour wall'), await hashOf('a quiet harbour wall')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
    expect(one).not.toBe(two);
  });

  test('belongs to its password alone: case, spaces and every character count', async () => {
    const hash = await hashOf(' A quiet harbour wall ⛵ ');
    expect(await isRight(hash, ' A quiet harbour wall ⛵ ')).toBe(true);
    const others = [
      'A quiet harbour wall ⛵',
      ' a quiet harbour wall ⛵ ',
      ' A quiet harbour wall ',
      '',
    ];
    for (const other of others) expect(await isRight(hash, other)).toBe(false);
  });

  test('is not opened by the beginning of a password, nor the longest by a longer one', async () => {
    const longest = 'x'.repeat(maxPasswordLength);
    const hash = await hashOf(longest);
    expect(await isRight(hash, longest)).toBe(true);
    expect(await isRight(hash, longest.slice(0, 72))).toBe(false);
    expect(await isRight(hash, `${longest}x`)).toBe(false);
    expect(await isRight(await hashOf(''), 'x'.repeat(maxPasswordLength + 1))).toBe(false);
  });

  test('of nobody is matched by nothing', async () => {
    for (const guess of ['', 'password1234', 'x'.repeat(300)]) {
      expect(await isRight(null, guess)).toBe(false);
    }
  });
});

describe('a password is judged', () => {
  test('is not one of the twelve thousand commonest that are long enough', async () => {
    const common = await readCommonPasswords();
    expect(common.size).toBeGreaterThan(12_000);
    for (const password of [...common].filter((_, index) => index % 101 === 0)) {
      expect(await reasonOf(password)).toBe('common');
      expect(await reasonOf(password.toUpperCase())).toBe('common');
    }
  });

  test.each([
    ['short', 'eleven-char'],
    ['long', 'x'.repeat(257)],
    ['common', 'password1234'],
    ['common', 'qwertyuiopas'],
    ['common', '123456789012'],
    ['common', 'aaaaaaaaaaaaaaaaaaaa'],
    ['personal', 'OffingTrader!'],
  ])('%s: %s', async (reason, password) => {
    expect(await reasonOf(password)).toBe(reason);
  });

  test('personal when it is its owner’s address', async () => {
    expect(await reasonOf('lighthouse.keeper', ['lighthouse.keeper@offing.example'])).toBe(
      'personal',
    );
  });

  test('good without any rule about its characters', async () => {
    for (const good of [
      'correct horse battery staple',
      'ruhiges wasser tief',
      '凪いだ港の壁を越えて歩く人',
    ]) {
      expect(await reasonOf(good)).toBeNull();
    }
  });

  test('in little time, however long and odd it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', minLength: 12, maxLength: 2_000 }),
        async (password) => {
          expect([null, 'long', 'common', 'personal']).toContain(
            (await reasonOf(password)) ?? null,
          );
        },
      ),
      { numRuns: 50 },
    );
  });
});
