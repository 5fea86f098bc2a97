import { expect, it } from 'vitest';
import { hedgingAccount, step } from '../../tests/statements/made-account.ts';
import { bytesOf, mt5Html } from '../../tests/statements/mt5-html.ts';
import fc from 'fast-check';
import { fileReading } from './statement-intake.ts';

const [account] = fc.sample(fc.array(step, { minLength: 5, maxLength: 5 }).map(hedgingAccount), {
  ...{ numRuns: 1, seed: 5 },
});
const bytes = bytesOf(mt5Html(account!)) as Uint8Array<ArrayBuffer>;

it('reads a file once for whatever answers, and another anew', async () => {
  const files = fileReading();
  let opened = 0;
  const file = new File([bytes], 'a.html', { lastModified: 1 });
  const buffer = file.arrayBuffer.bind(file);
  file.arrayBuffer = () => (opened++, buffer());
  const utc = await files.read(file, { zone: 'UTC' });
  const ahead = await files.read(file, { zone: '+02:00', account: 'Mine' });
  expect(opened).toBe(1);
  const [first, later] = [utc, ahead].map((each) => (each.ok ? each.value.deals[0]! : null));
  expect(first!.atMs - later!.atMs).toBe(7_200_000);
  expect([first!.account, later!.account]).toEqual(['51234567@Example-Demo', 'Mine']);
  // The answers of before leave nothing behind.
  expect(await files.read(file, { zone: 'UTC' })).toEqual(utc);
  const other = await files.read(new File(['x'], 'a.html', { lastModified: 1 }), {});
  expect(other).toMatchObject({ ok: false, error: { code: 'journal.format-unknown' } });
  files.forget();
  await files.read(file, { zone: 'UTC' });
  expect(opened).toBe(2);
  // Let go of while it is read: it is not held either.
  files.forget();
  const reading = files.read(file, { zone: 'UTC' });
  files.forget();
  expect(await reading).toEqual(utc);
  await files.read(file, { zone: 'UTC' });
  expect(opened).toBe(4);
});
