import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packedFor } from './packing.ts';

const long = JSON.stringify({ text: 'words '.repeat(1_000) });
const offered = (header?: string) =>
  packedFor({ headers: header === undefined ? {} : { 'accept-encoding': header } }, long);

describe('an answer', () => {
  it('is packed where it is long and the caller takes it so', async () => {
    for (const header of ['gzip', 'gzip, deflate, br', 'br;q=1.0, GZIP;q=0.5', 'deflate,gzip']) {
      const packed = await offered(header);
      expect(packed?.length, header).toBeLessThan(long.length / 10);
      expect(gunzipSync(packed ?? '').toString()).toBe(long);
    }
  });

  it('is sent as it is to everybody else, and where it is short', async () => {
    for (const header of [undefined, '', 'identity', 'br', 'gzip;q=0', 'gzip; q=0.000', 'x-gzip']) {
      expect(await offered(header), header).toBeNull();
    }
    expect(await packedFor({ headers: { 'accept-encoding': 'gzip' } }, 'short')).toBeNull();
  });
});
