/**
 * Libraries of the same trade at the same work: a replica that has the rows takes what another
 * one edited, one edit after another, in the library's own most compact form.
 */
import * as automerge from '@automerge/automerge';
import { LoroDoc, LoroMap } from 'loro-crdt';
import { createMergeableStore } from 'tinybase';
import * as Y from 'yjs';
import type { FieldValue, Journal } from './journal.ts';

/** Of the replica that took the edits: what a cell reads there. */
type Read = (row: string, field: string) => unknown;

export interface Rival {
  readonly name: string;
  /** Makes both replicas and the edits; the answer takes them in, and is what is timed. */
  prepare(journal: Journal): () => Read;
}

const ofYjs: Rival = {
  name: 'Yjs',
  prepare({ rows, edits }) {
    const ours = new Y.Doc();
    const theirs = new Y.Doc();
    ours.transact(() => {
      for (const [id, row] of rows) {
        ours.getMap('rows').set(id, new Y.Map<FieldValue>(Object.entries(row)));
      }
    });
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(ours));
    const table = theirs.getMap<Y.Map<FieldValue>>('rows');
    for (const [row, field, value] of edits) table.get(row)!.set(field, value);
    const sent = Y.encodeStateAsUpdate(theirs, Y.encodeStateVector(ours));
    return () => {
      Y.applyUpdate(ours, sent);
      const merged = ours.getMap<Y.Map<FieldValue>>('rows');
      return (row, field) => merged.get(row)?.get(field);
    };
  },
};

const ofLoro: Rival = {
  name: 'Loro',
  prepare({ rows, edits }) {
    const ours = new LoroDoc();
    const theirs = new LoroDoc();
    for (const [id, row] of rows) {
      const made = ours.getMap('rows').setContainer(id, new LoroMap());
      for (const [field, value] of Object.entries(row)) made.set(field, value);
    }
    ours.commit();
    theirs.import(ours.export({ mode: 'snapshot' }));
    const table = theirs.getMap('rows');
    const maps = new Map<string, LoroMap>();
    for (const [row, field, value] of edits) {
      let map = maps.get(row);
      if (!map) maps.set(row, (map = table.get(row) as LoroMap));
      map.set(field, value);
      theirs.commit();
    }
    const sent = theirs.export({ mode: 'update', from: ours.version() });
    return () => {
      ours.import(sent);
      const merged = ours.getMap('rows');
      return (row, field) => (merged.get(row) as LoroMap).get(field);
    };
  },
};

const ofAutomerge: Rival = {
  name: 'Automerge',
  prepare({ rows, edits }) {
    type Doc = { rows: Record<string, Record<string, FieldValue>> };
    const plain = Object.fromEntries([...rows].map(([id, row]) => [id, { ...row }]));
    let ours = automerge.from<Doc>({ rows: plain });
    const heads = automerge.getHeads(ours);
    // One change for all: a hundred thousand of them would take it minutes to make.
    const theirs = automerge.change(automerge.clone(ours), (doc) => {
      for (const [row, field, value] of edits) doc.rows[row]![field] = value;
    });
    const sent = automerge.saveSince(theirs, heads);
    return () => {
      ours = automerge.loadIncremental(ours, sent);
      return (row, field) => ours.rows[row]?.[field];
    };
  },
};

const ofTinyBase: Rival = {
  name: 'TinyBase',
  prepare({ rows, edits }) {
    const ours = createMergeableStore('ours');
    const theirs = createMergeableStore('theirs');
    ours.setTables({ journal: Object.fromEntries(rows) });
    theirs.merge(ours);
    let sent = theirs.getTransactionMergeableChanges();
    const listener = theirs.addDidFinishTransactionListener(() => {
      sent = theirs.getTransactionMergeableChanges();
    });
    theirs.transaction(() => {
      for (const [row, field, value] of edits) theirs.setCell('journal', row, field, value);
    });
    theirs.delListener(listener);
    const text = JSON.stringify(sent);
    return () => {
      ours.applyMergeableChanges(JSON.parse(text) as typeof sent);
      return (row, field) => ours.getCell('journal', row, field);
    };
  },
};

export const rivals: readonly Rival[] = [ofYjs, ofLoro, ofAutomerge, ofTinyBase];
