import { expect, test } from 'vitest';
import { rolesByName } from './column-names.ts';
import { previewFile } from './preview.ts';
import { parseBars } from './parse.ts';

const bars = ['open', 'high', 'low', 'close'] as const;
const whole = ['date', 'timeOfDay', ...bars, 'volume'] as const;

test.each([
  ['Datum;Zeit;Eröffnung;Hoch;Tief;Schluss;Volumen', whole],
  ['Datum;Uhrzeit;Eroeffnung;Hoechst;Tiefst;Schlusskurs;Stuecke', whole],
  ['Datum;Erster;Hoch;Tief;Schluß;Stücke;Volumen', ['time', ...bars, 'volume', 'ignore']],
  ['Date;Heure;Ouverture;Plus haut;Plus bas;Clôture;Volume', whole],
  ['Fecha;Hora;Apertura;Máximo;Mínimo;Cierre;Volumen', whole],
  ['Data;Ora;Apertura;Massimo;Minimo;Chiusura;Volume', whole],
  ['Datum;Tijd;Open;Hoog;Laag;Slot;Volume', whole],
  ['Data;Hora;Abertura;Máxima;Mínima;Fechamento;Volume', whole],
  ['Datum;Zuletzt;Eröffn.;Hoch;Tief;Vol.', ['time', 'close', 'open', 'high', 'low', 'volume']],
  ['Zeitstempel;Open;High;Low;Close', ['time', ...bars]],
])('%s', (header, roles) => {
  const names = header.toLowerCase().split(';');
  expect(rolesByName(names)).toEqual(roles);
  expect(rolesByName(names.map((name) => name.normalize('NFD')))).toEqual(roles);
});

const rows = Array.from({ length: 24 }, (_, hour) => {
  const clock = `${String(hour).padStart(2, '0')}:00:00`;
  return `20.03.2021;${clock};1,10;1,12;1,09;1,11;5`;
});
const table = ['Datum;Zeit;Eröffnung;Hoch;Tief;Schluss;Volumen', ...rows].join('\r\n');

test.each([
  ['UTF-8', new TextEncoder().encode(table)],
  ['Latin-1', Uint8Array.from(table, (letter) => letter.charCodeAt(0))],
])('a German table in %s needs no mapping', async (_, bytes) => {
  const preview = await previewFile(new Blob([bytes]), 'kurse.csv');
  expect(preview).toMatchObject({ ok: true, value: { dateOrder: 'dmy', statedZone: null } });
  const columns = preview.ok ? preview.value.columns : [];
  expect(columns.map(({ role }) => role)).toEqual(whole);
  expect(columns[2]!.header).toBe('Eröffnung');
  const parsed = parseBars(bytes, 'kurse.csv', {});
  expect(parsed.ok && parsed.value.bars.length).toBe(24);
});
