/** Text of HTML as it is read: entities as their characters, blanks as one space. */

/** Those that reports hold; what else there may be stays as it stands. */
const named = new Map<string, string>([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['thinsp', ' '],
  ['ensp', ' '],
  ['emsp', ' '],
  ['minus', '-'],
  ['ndash', '–'],
  ['mdash', '—'],
  ['shy', ''],
]);
const entity = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));?/g;
const blanks = /[\s\u00a0\u2007\u2009\u200b\u202f]+/g;

export function plainText(markup: string): string {
  const text = markup.includes('&') ? withCharacters(markup) : markup;
  return needsTidying(text) ? text.replace(blanks, ' ').trim() : text;
}

function withCharacters(markup: string): string {
  // A loss, as most of them are written.
  if (markup.startsWith('&minus;') && !markup.includes('&', 7)) return `-${markup.slice(7)}`;
  // Figures hold these two, and nothing that they become can make another entity.
  const plain = markup.replaceAll('&nbsp;', ' ').replaceAll('&minus;', '-');
  return plain.includes('&') ? plain.replace(entity, characterOf) : plain;
}

/** Most cells are one word, or a day and a time of it. */
function needsTidying(text: string): boolean {
  let isAfterBlank = true;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 32 || code >= 128) return true;
    if (code === 32 && isAfterBlank) return true;
    isAfterBlank = code === 32;
  }
  return isAfterBlank && text !== '';
}

function characterOf(all: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return named.get(name.toLowerCase()) ?? all;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : '';
}
