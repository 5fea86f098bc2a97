/**
 * Shortens the list of common passwords for the browser: the most common ones make a chunk that
 * is worth fetching, the whole list judges on the server.
 */
import type { Plugin } from 'vite';

const list = /@zxcvbn-ts[\\/]language-common[\\/]dist[\\/]passwords\.json\.mjs$/;
/** The list is packed in the order of how common they are, so that its beginning is a list too. */
const keptLetters = 200_000;

export function commonPasswords(): Plugin {
  return {
    name: 'offing:common-passwords',
    apply: 'build',
    transform: {
      filter: { id: list },
      handler(code) {
        const packed = /decompress\("([^"\\]+)"\)/.exec(code)?.[1];
        if (packed === undefined) return this.error('The list of passwords has another form.');
        return { code: code.replace(packed, packed.slice(0, keptLetters)), map: null };
      },
    },
  };
}
