import fc from 'fast-check';
import { expect, test } from 'vitest';
import { turnstile } from './turnstile.ts';

test('no more than the most are inside, and all that were let in line come through in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.nat(20),
      fc.nat(40),
      async (most, line, asked) => {
        const run = turnstile(most, line);
        let inside = 0;
        const came: number[] = [];
        const answers = await Promise.all(
          Array.from({ length: asked }, (_, turn) =>
            run(async () => {
              inside++;
              expect(inside).toBeLessThanOrEqual(most);
              came.push(turn);
              await Promise.resolve();
              inside--;
            }),
          ),
        );
        expect(came).toEqual(
          Array.from({ length: Math.min(asked, most + line) }, (_, turn) => turn),
        );
        const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.error.code]));
        expect(refused).toEqual(
          Array(Math.max(0, asked - most - line)).fill('limits.too-many-calls'),
        );
      },
    ),
  );
});

test('work that throws leaves its place to the next', async () => {
  const run = turnstile(1, 10);
  const failed = run(() => Promise.reject(new Error('no')));
  const next = run(() => Promise.resolve('next'));
  await expect(failed).rejects.toThrow('no');
  expect(await next).toEqual({ ok: true, value: 'next' });
  expect(await run(() => Promise.resolve('after'))).toEqual({ ok: true, value: 'after' });
});
