/** A file of a million synthetic minute bars, as a broker's export looks. */
import { makeBars } from '#core/market/made-bars.ts';

const LINE_BYTES = 72;
const STEP_MS = 60_000;
const FIRST_MS = Date.UTC(2010, 0, 1);

/**
 * UTF-8 bytes of `time,open,high,low,close,volume` and `count` rows, the first of them `from`
 * minutes into the series; always the same.
 */
export function makeCsv(count: number, from = 0): Uint8Array<ArrayBuffer> {
  const firstMs = FIRST_MS + from * STEP_MS;
  const made = makeBars({ count, seed: 1 + from, firstMs, stepMs: STEP_MS, volume: true });
  const { timesMs, bid, volume } = made;
  const bytes = new Uint8Array((count + 1) * LINE_BYTES);
  const encoder = new TextEncoder();
  const sides = [bid.open, bid.high, bid.low, bid.close];
  let at = encoder.encodeInto('time,open,high,low,close,volume\n', bytes).written;
  for (let i = 0; i < count; i++) {
    const time = new Date(timesMs[i]!).toISOString();
    const prices = sides.map((side) => (side[i]! / 1e5).toFixed(5)).join();
    const line = `${time.slice(0, 10)} ${time.slice(11, 19)},${prices},${volume![i]!}\n`;
    at += encoder.encodeInto(line, bytes.subarray(at)).written;
  }
  return bytes.slice(0, at);
}
