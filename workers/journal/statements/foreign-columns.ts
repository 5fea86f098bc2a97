/** Names of columns in languages other than English: German, Indonesian, French, Spanish, Portuguese, Polish. */
import type { TradeRole } from './trade-columns.ts';

/** Without accents, in lower case, a space for each run of other signs. */
const names: readonly (readonly [TradeRole, string])[] = [
  [
    'ticket',
    'tiket|nomor|nomor tiket|positionsnummer|ordernummer|auftragsnummer|billet|numero|bilhete|bilet|nr|no|numer|zlecenie|orden|ordre',
  ],
  [
    'symbol',
    'simbol|instrumen|pasangan|wertpapier|basiswert|symbole|instrument financier|simbolo|instrumento|ativo|activo|aset',
  ],
  [
    'side',
    'typ|richtung|handelsrichtung|arah|tipe|jenis|beli jual|kauf verkauf|sens|achat vente|tipo|lado|direccion|direcao|operacion|operacao|kierunek|strona',
  ],
  [
    'volume',
    'volumen|menge|stuck|stuckzahl|grosse|ukuran|jumlah|lot|quantite|taille|cantidad|tamano|quantidade|tamanho|wolumen|ilosc|wielkosc',
  ],
  [
    'opened',
    'eroffnungszeit|eroffnungsdatum|eroffnung|eroffnet|eroffnet am|waktu buka|waktu pembukaan|tanggal buka|jam buka|dibuka|heure d ouverture|date d ouverture|hora de apertura|fecha de apertura|apertura|hora de abertura|data de abertura|abertura|czas otwarcia|data otwarcia|otwarcie|zeit|datum|uhrzeit|waktu|tanggal|heure|hora|fecha|data|czas',
  ],
  [
    'closed',
    'schliesszeit|schliessungszeit|schlusszeit|schliessdatum|geschlossen|geschlossen am|waktu tutup|waktu penutupan|tanggal tutup|jam tutup|ditutup|heure de cloture|date de cloture|heure de fermeture|date de fermeture|hora de cierre|fecha de cierre|cierre|hora de fechamento|data de fechamento|fechamento|czas zamkniecia|data zamkniecia|zamkniecie',
  ],
  [
    'openPrice',
    'eroffnungskurs|eroffnungspreis|einstiegskurs|einstiegspreis|einstieg|kurs|preis|harga buka|harga pembukaan|harga masuk|harga|prix d ouverture|prix d entree|prix|precio de apertura|precio de entrada|precio|preco de abertura|preco de entrada|preco|cena otwarcia|cena wejscia|cena',
  ],
  [
    'closePrice',
    'schlusskurs|schliesskurs|schlusspreis|ausstiegskurs|ausstiegspreis|ausstieg|harga tutup|harga penutupan|harga keluar|prix de cloture|prix de fermeture|prix de sortie|precio de cierre|precio de salida|preco de fechamento|preco de saida|cena zamkniecia|cena wyjscia',
  ],
  ['sl', 'stoppkurs|batas rugi|stop de perdida|stop de perte'],
  ['tp', 'gewinnziel|kursziel|zielkurs|batas untung|ambil untung|objectif|objetivo|alvo'],
  ['commission', 'provision|kommission|komisi|comision|comissao|prowizja'],
  ['fee', 'gebuhr|gebuhren|kosten|biaya|frais|taxa|taxas|tasa|tasas|oplata|oplaty'],
  ['swap', 'ubernachtkosten|finanzierung|bunga inap'],
  [
    'net',
    'netto|nettogewinn|nettoergebnis|hasil bersih|laba bersih|resultat net|gain net|beneficio neto|resultado neto|resultado liquido|lucro liquido|zysk netto|wynik netto',
  ],
  [
    'profit',
    'gewinn|gewinn verlust|ergebnis|laba|untung|laba rugi|untung rugi|hasil|gain|resultat|benefice|beneficio|ganancia|resultado|lucro|zysk|wynik',
  ],
  [
    'comment',
    'kommentar|bemerkung|notiz|notizen|komentar|catatan|commentaire|remarque|comentario|notas|komentarz|notatki|uwagi',
  ],
  ['account', 'konto|kontonummer|akun|rekening|compte|cuenta|conta|rachunek'],
  ['currency', 'wahrung|kontowahrung|mata uang|devise|divisa|moneda|moeda|waluta'],
];
const roleByName = new Map(
  names.flatMap(([role, all]) => all.split('|').map((name) => [name, role] as const)),
);

/** Null where the name is none of ours. */
export function foreignRole(name: string): TradeRole | null {
  const plain = name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  return roleByName.get(plain) ?? null;
}
