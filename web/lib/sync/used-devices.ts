/**
 * The devices worth listing: one whose page was closed while it took part for the first time did
 * so once more afterwards, and what it was called at first is used by nobody.
 *
 * A copied profile shares its session with what it was copied from, so that only this device's own
 * node tells which of the two it is; null = not known yet, then the session does.
 */
import type { Device } from '../account/api.ts';

/** Heard of no longer than this, it never got beyond its beginning. */
const beginningMs = 30_000;

export function usedDevices(devices: readonly Device[], ownNode: string | null): readonly Device[] {
  const known = devices.some(({ node }) => node === ownNode);
  const told = devices.map((device) =>
    known ? { ...device, isThis: device.node === ownNode } : device,
  );
  return told.filter((device) => {
    const { sessionId, createdMs, lastSeenMs } = device;
    const isAbandoned =
      lastSeenMs - createdMs < beginningMs &&
      told.some((other) => other.sessionId === sessionId && other.createdMs > createdMs);
    return device.node === ownNode || !isAbandoned;
  });
}
