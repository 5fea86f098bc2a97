import { expect, test } from 'vitest';
import { pino } from 'pino';
import { lookIn, oneByOne } from './one-by-one.ts';

/** A look that is answered when the test says so. */
function looking() {
  const answers: { done: () => void; fail: () => void }[] = [];
  const line = oneByOne(pino({ level: 'silent' }));
  const away = new Error('The database is away.');
  const look = lookIn(line, 'it was not looked', async () => {
    await new Promise((done, fail) =>
      answers.push({ done: () => done(0), fail: () => fail(away) }),
    );
  });
  const settled = () => new Promise<void>((resolve) => line.add('', async () => resolve()));
  const begun = () => new Promise((resolve) => setImmediate(resolve));
  return { ...{ answers, line, look, settled, begun } };
}

test('looks that are asked for together are one, and one asked for meanwhile is another', async () => {
  const { answers, look, begun } = looking();
  for (let i = 0; i < 5; i++) look.ask();
  await begun();
  expect(answers).toHaveLength(1);
  for (let i = 0; i < 5; i++) look.ask();
  answers[0]!.done();
  await begun();
  expect(answers).toHaveLength(2);
});

test('a look that failed is done again, and one that did not is not', async () => {
  const { answers, look, settled, begun } = looking();
  look.again();
  await begun();
  expect(answers).toHaveLength(0);
  look.ask();
  await begun();
  answers[0]!.fail();
  await settled();
  look.again();
  look.again();
  await begun();
  answers[1]!.done();
  await settled();
  look.again();
  await begun();
  expect(answers).toHaveLength(2);
});

test('what has not begun when the line ends is left', async () => {
  const { answers, line, look, begun } = looking();
  look.ask();
  await begun();
  look.ask();
  const ended = line.end();
  answers[0]!.done();
  await ended;
  expect(answers).toHaveLength(1);
});
