/** Whatever strangers send, the log stays one object a line, with when and how serious. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLog } from '../../sync/ops/log.ts';

test('a line break in what a stranger sent begins no line of its own', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\n{"level":"info","msg":"forged"}', '\r\n', '\u2028', '","level":"fatal'),
  );
  fc.assert(
    fc.property(text, text, (path, message) => {
      const written: string[] = [];
      const beforeMs = Date.now();
      const log = createLog('trace', { write: (line: string) => written.push(line) });
      log.warn({ path, deep: { path } }, message);
      expect(written).toHaveLength(1);
      expect(written[0]?.trimEnd().split('\n')).toHaveLength(1);
      const line = JSON.parse(written[0] ?? '') as { level: string; atMs: number };
      expect(line.level).toBe('warn');
      expect(line.atMs).toBeGreaterThanOrEqual(beforeMs);
      expect(line.atMs).toBeLessThanOrEqual(Date.now());
    }),
  );
});
