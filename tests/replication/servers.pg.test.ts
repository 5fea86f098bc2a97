/** Three servers over one database: nothing is missed, and nothing that was acknowledged is lost. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WireFragment } from '../../core/sync/fragment.ts';
import type { PushAnswer } from '../../core/sync/protocol.ts';
import { openAnotherServer, type AnotherServer } from '../accounts/another-server.ts';
import { openInstallation, type Installation } from '../accounts/installation.ts';
import { openPeople, type People } from '../accounts/people.ts';
import { visitor, type Visitor } from '../accounts/visitor.ts';
import { cellsOf, openDevice, type Device } from './device.ts';

let at: Installation;
let people: People;
let others: AnotherServer[];
beforeAll(async () => {
  at = await openInstallation();
  people = await openPeople(at);
  others = await Promise.all([openAnotherServer(at), openAnotherServer(at)]);
});
afterAll(async () => {
  await Promise.all((others ?? []).map((other) => other.close()));
  await people?.close();
  await at?.close();
});

/** Somebody signed in, as each of the servers sees them. */
async function everywhere(): Promise<readonly Visitor[]> {
  const who = await (await people.person()).signedIn();
  return [who, ...others.map((other) => other.carrying(who))];
}

describe('eight writers and a reader over three servers', () => {
  test('lose nothing and miss nothing, in numbers without a gap', async () => {
    const servers = await everywhere();
    const place = (index: number) => servers[index % servers.length]!;
    const reader = await openDevice(place(0));
    const seen: WireFragment[] = [];
    const said: WireFragment[] = [];
    let isOver = false;
    const write = async (index: number): Promise<void> => {
      const writer = await openDevice(place(index));
      for (let round = 0; round < 15; round++) {
        const ops = Array.from({ length: 5 }, (_, n) =>
          writer.op('settings', `writer${index}.${round}.${n}`, { value: round }),
        );
        expect(await writer.push(ops)).toMatchObject({
          kind: 'done',
          outcomes: ops.map(() => 'ok'),
        });
        said.push(...ops);
        writer.moveTo(place(index + round));
      }
    };
    const chase = async (): Promise<void> => {
      for (let round = 0; !isOver; round++) {
        reader.moveTo(place(round));
        seen.push(...(await reader.pull(40)));
      }
      seen.push(...(await reader.pull()));
    };
    const chasing = chase();
    await Promise.all(Array.from({ length: 8 }, (_, index) => write(index)));
    isOver = true;
    await chasing;
    expect(said).toHaveLength(600);
    expect(cellsOf(seen)).toEqual(cellsOf(said));
    // Each came once: a cursor never goes past what is still to be committed.
    expect(seen).toHaveLength(said.length);
    expect(reader.cursor).toBe(said.length);
    const fresh = await openDevice(place(1));
    expect(cellsOf(await fresh.bootstrap())).toEqual(cellsOf(said));
    expect(await fresh.digest()).toEqual({ ...(await reader.digest()), nowMs: expect.any(Number) });
  });
});

describe('a server killed in the middle of a push', () => {
  test('loses nothing that it acknowledged, and takes a retry once', async () => {
    const who = await (await people.person()).signedIn();
    const writers = await Promise.all(
      Array.from({ length: 4 }, async (_, index) => openDevice(others[index % 2]!.carrying(who))),
    );
    const acknowledged: WireFragment[] = [];
    let retries = 0;
    const write = async (writer: Device, index: number): Promise<void> => {
      for (let round = 0; round < 30; round++) {
        const request = writer.request([
          writer.op('settings', `row${index}`, { value: round }),
          writer.op('settings', `row${index}.${round}`, { value: round }),
        ]);
        for (;;) {
          const answer = await writer.tryPush(request).catch(() => null);
          if (answer?.failure === null) {
            const said = writer.heard(answer.data as unknown as PushAnswer);
            expect(said).toMatchObject({ kind: 'done', outcomes: ['ok', 'ok'] });
            acknowledged.push(...request.ops);
            break;
          }
          // What became of it is not known: the same again, at a server that lives.
          retries += 1;
          writer.moveTo(visitor(at.address, { cookies: new Map(who.cookies) }));
        }
      }
    };
    const writing = Promise.all(writers.map(write));
    for (const server of others) {
      await wait(120);
      await server.kill();
    }
    await writing;
    expect(retries).toBeGreaterThan(0);
    const reader = await openDevice(who);
    const kept = cellsOf(await reader.pull());
    expect(kept).toEqual(cellsOf(acknowledged));
    // Each change was numbered once, however often it came.
    expect(reader.cursor).toBe(acknowledged.length);
  });
});
