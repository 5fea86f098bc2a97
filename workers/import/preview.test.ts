import { expect, test } from 'vitest';
import { createSession } from './session.ts';
import { previewFile } from './preview.ts';

/** A table whose Finnish headers no format knows. */
const rows = Array.from({ length: 48 }, (_, hour) => {
  const day = String(20 + Math.floor(hour / 24)).padStart(2, '0');
  return `${day}.03.2021;${String(hour % 24).padStart(2, '0')}:00:00;1,1000;1,1005;1,0995;1,1002`;
});
const text = `Päivä;Aika;Avaus;Ylin;Alin;Päätös\n${rows.join('\n')}\n`;
const roles = ['date', 'timeOfDay', 'open', 'high', 'low', 'close'] as const;

test('a file without a known time states no zone', async () => {
  const preview = await previewFile(new Blob([text]), 'kurse.csv');
  expect(preview).toMatchObject({ ok: true, value: { statedZone: null } });
});

test('columns mapped by hand tell the order of the dates and the timeframe, and the zone is asked', async () => {
  const preview = await previewFile(new Blob([text]), 'kurse.csv', roles);
  expect(preview).toMatchObject({
    ok: true,
    value: { statedZone: null, dateOrder: 'dmy', timeframe: 'H1' },
  });
  if (!preview.ok) return;
  const { format, dateOrder } = preview.value;
  const session = createSession('kurse.csv', { format, roles, dateOrder }, text.length);
  expect(session.feed(new TextEncoder().encode(text))).toBeNull();
  const parsed = session.finish();
  expect(parsed).toMatchObject({ ok: true, value: { kind: 'bars', bars: { length: 48 } } });
});
