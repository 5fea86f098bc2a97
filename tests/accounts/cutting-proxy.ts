/** Stands between a server and Postgres and cuts every connection in the middle of a call. */
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

export interface CuttingProxy {
  /** The same database by way of here. */
  urlOf(url: string): string;
  /** Lets this many more packets through to Postgres, then cuts; Postgres still reads the last. */
  arm(packets: number): void;
  /** Whether it cut since it was armed; from now on it cuts nothing. */
  disarm(): boolean;
  /** Once Postgres has let go of every connection that was cut, its locks included. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** `onCut` happens at the very moment, before anything else can. */
export async function openCuttingProxy(
  url: string,
  onCut: () => void = () => undefined,
): Promise<CuttingProxy> {
  const target = new URL(url);
  const pairs = new Set<{ readonly near: Socket; readonly far: Socket }>();
  let left = Infinity;
  let hasCut = false;
  let letGo: Promise<unknown>[] = [];

  function cut(): void {
    left = Infinity;
    hasCut = true;
    onCut();
    for (const { near, far } of pairs) {
      near.destroy();
      letGo.push(new Promise((resolve) => far.once('close', resolve)));
      // What was let through is still on its way: Postgres reads it, and then the end.
      far.end();
    }
    pairs.clear();
  }

  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    const pair = { near, far };
    pairs.add(pair);
    near.on('data', (packet) => {
      if (left === 0) return cut();
      left--;
      far.write(packet);
      if (left === 0) cut();
    });
    far.on('data', (packet) => near.destroyed || near.write(packet));
    for (const socket of [near, far]) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        pairs.delete(pair);
        near.destroy();
        far.end();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    urlOf(given) {
      const through = new URL(given);
      through.host = `127.0.0.1:${port}`;
      return through.href;
    },
    arm(packets) {
      left = packets;
      hasCut = false;
    },
    disarm() {
      left = Infinity;
      return hasCut;
    },
    async settled() {
      await Promise.all(letGo);
      letGo = [];
    },
    async close() {
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
