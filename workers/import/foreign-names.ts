/** Names of columns in German, French, Spanish, Italian, Dutch and Portuguese. */
import type { ColumnRole } from './api.ts';

/** Lower case and without accents; ä, ö and ü also spelt out. */
const words: Partial<Record<ColumnRole, string>> = {
  time: `zeit, uhrzeit, zeitstempel, datum/zeit, datum zeit, datum und zeit, datum/uhrzeit,
    heure, horodatage, date/heure, date heure, date et heure,
    hora, fecha/hora, fecha hora, fecha y hora, data/hora, data hora, data e hora,
    ora, data/ora, data ora, data e ora,
    tijd, tijdstip, datum/tijd, datum tijd, datum en tijd`,
  date: 'datum, tag, handelstag, jour, fecha, dia, data, giorno, dag',
  open: `eroffnung, eroeffnung, eroffn., eroffnungskurs, eroeffnungskurs, erster, anfang,
    ouverture, ouv., cours d'ouverture, apertura, precio de apertura, prezzo di apertura,
    abertura, openingskoers`,
  high: `hoch, hochst, hoechst, hochster, hoechster, hochstkurs, hoechstkurs, tageshoch,
    plus haut, haut, cours le plus haut, maximo, maxima, alto, max., massimo, hoog, hoogste`,
  low: `tief, tiefst, tiefster, tiefstkurs, tagestief, plus bas, bas, cours le plus bas,
    minimo, minima, bajo, baixo, basso, min., laag, laagste`,
  close: `schluss, schlusskurs, schliesskurs, zuletzt, letzter, cloture, fermeture, dernier,
    cours de cloture, cierre, ultimo, precio de cierre, chiusura, prezzo di chiusura,
    fechamento, fecho, slot, slotkoers, sluiting, laatste`,
  volume: 'volumen, stucke, stuecke, umsatz, volumes, volumi, quantita',
};

const roles = new Map(
  Object.entries(words).flatMap(([role, text]) =>
    text.split(/,\s*/).map((word) => [word, role as ColumnRole] as const),
  ),
);

/** `name` is lower case and without marks. */
export function roleByForeignName(name: string): ColumnRole | undefined {
  return roles.get(name);
}

/** `eröffnung` → `eroffnung`, `schluß` → `schluss`. */
export function withoutMarks(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss');
}
