/** What a deal is, by the words of the languages that terminals speak. */
import type { DealEntry, DealKind, Side } from '#core/broker/book.ts';

const kinds: readonly (readonly [DealKind, string])[] = [
  [
    'buy',
    'buy long b kauf kaufen compra comprar купить покупка beli 买入 买 achat acheter acquisto',
  ],
  [
    'sell',
    'sell short s verkauf verkaufen venta venda vender продать продажа jual 卖出 卖 vente vendre vendita',
  ],
  [
    'balance',
    'balance deposit withdrawal transfer saldo kontostand баланс 余额 结余 solde einzahlung auszahlung',
  ],
  ['credit', 'credit bonus kredit crédito кредит kredit 信用 crédit бонус'],
  [
    'charge',
    'charge commission fee interest tax dividend rollover swap provision комиссия comisión comissão komisi 佣金',
  ],
];
const kindByWord = new Map(
  kinds.flatMap(([kind, words]) => words.split(' ').map((w) => [w, kind])),
);

/** Null where the word is none of ours. */
export function kindOf(word: string): DealKind | null {
  const lower = word.toLowerCase().trim();
  const known = kindByWord.get(lower);
  if (known) return known;
  // `daily commission`, `agent commission`, `franked dividend`.
  if (/commission|interest|dividend|charge|\bfee|\btax/.test(lower)) return 'charge';
  return /^(correction|(buy|sell) cancel|so compensation)/.test(lower) ? 'other' : null;
}

/** Of a trade in a list, where letters stand for words that elsewhere mean other things. */
const listed: Readonly<Record<string, Side>> = {
  ...{ l: 'buy', bot: 'buy', bought: 'buy', bto: 'buy', 'buy to open': 'buy' },
  ...{ sld: 'sell', sold: 'sell', sto: 'sell', ss: 'sell', 'sell to open': 'sell' },
  ...{ 'sell short': 'sell', 'short sell': 'sell' },
};
const sideByWord = new Map(Object.entries(listed));

/** Null where the word is none of ours. */
export function tradeSideOf(word: string): Side | null {
  const side = sideByWord.get(word.toLowerCase().trim());
  if (side) return side;
  const kind = kindOf(word);
  return kind === 'buy' || kind === 'sell' ? kind : null;
}

const entries: readonly (readonly [DealEntry, string])[] = [
  ['in', 'in|ein|eingang|entrada|вход|masuk|进|入|开|entrée|entrata'],
  ['out', 'out|aus|ausgang|salida|saída|выход|keluar|出|平|sortie|uscita'],
  ['inout', 'in/out|in / out|inout|вход/выход|ein/aus|entrada/salida|entrada/saída'],
  ['out-by', 'out by|close by|закрытие встречной|aus durch'],
];
const entryByWord = new Map(
  entries.flatMap(([entry, words]) => words.split('|').map((word) => [word, entry])),
);

export function entryOf(word: string): DealEntry | null {
  return entryByWord.get(word.toLowerCase()) ?? null;
}
