/**
 * What a note begins with where it begins with a template: an update of its text.
 *
 * The same text gives the same update: two devices that begin the same note of the same template
 * have it once. Fetched when a note is begun.
 */
import * as Y from 'yjs';
import { toBase64 } from './base64.ts';
import { excerptOf } from './note-words.ts';

export function firstUpdate(text: string): { readonly update: string; readonly excerpt: string } {
  const doc = new Y.Doc();
  // One id for one text: an id with two texts would tear the document.
  doc.clientID = hashOf(text);
  doc.getText('text').insert(0, text);
  const update = toBase64(Y.encodeStateAsUpdate(doc));
  doc.destroy();
  return { update, excerpt: excerptOf(text) };
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}
