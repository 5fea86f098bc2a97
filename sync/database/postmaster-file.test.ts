import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPostmasterOf, parsePostmasterNote } from './postmaster-file.ts';

const note = '4711\n/data/postgres\n1700000000\n40123\n\n127.0.0.1\n  5432001  65536\nready   \n';

describe('the note of a running Postgres', () => {
  it('gives its process, port and state', () => {
    expect(parsePostmasterNote(note)).toEqual({ processId: 4711, port: 40123, ready: true });
    expect(parsePostmasterNote(note.replace('ready   ', 'starting'))?.ready).toBe(false);
  });

  it('counts as absent while it is not yet written', () => {
    expect(parsePostmasterNote('')).toBeNull();
    expect(parsePostmasterNote('\n')).toBeNull();
    expect(parsePostmasterNote('-1\n')).toBeNull();
  });

  it('never names a process that cannot be one, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parsePostmasterNote(text);
        if (parsed) expect(parsed.processId).toBeGreaterThan(0);
      }),
    );
  });

  it('is not believed when its process is an unrelated one', async () => {
    expect(await isPostmasterOf(process.pid, '/')).toBe(false);
  });
});
