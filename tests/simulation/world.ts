/** One run: some devices and a server, and what a seed lets happen to them. */
import { faultOfFragment } from '#core/sync/acceptance.ts';
import { MOST_AHEAD_MS, formatHlc } from '#core/sync/hlc.ts';
import { purgeOf } from '#core/sync/server-merge.ts';
import type { ReplicaStore } from '#workers/replica/replica-store.ts';
import type { Written } from '#workers/replica/writer.ts';
import { push, register, type ExchangeNeeds } from '#sync/replication/exchange.ts';
import type { ServerStore } from '#sync/replication/server-store.ts';
import { chanceOf, type Chance } from './chance.ts';
import { Device } from './device.ts';
import { isBad, nextEdit } from './edits.ts';
import { Expectation } from './expectation.ts';
import { serverAsSeenBy, type Network, type Wires } from './network.ts';
import { Crash, Schedule } from './schedule.ts';
import { untakenOf } from './invariants.ts';
import { deletedRows, memoryServer, type MemoryServer, type ServerData } from './server-store.ts';

/** Where a safeguard can be taken away. */
export interface Safeguards {
  /** How far ahead of the server's clock stamps may be. */
  readonly aheadMs: number;
  serverStore(store: ServerStore, request: object): ServerStore;
  deviceStore(store: ReplicaStore): ReplicaStore;
}

export const allSafeguards: Safeguards = {
  aheadMs: MOST_AHEAD_MS,
  serverStore: (store) => store,
  deviceStore: (store) => store,
};

/** Of a later version of the product; servers take it, devices keep it as it comes. */
const laterCollection = 'laterThings';
const startMs = 1_750_000_000_000;
const mostDevices = 5;

export class World {
  readonly chance: Chance;
  readonly schedule: Schedule;
  readonly server: MemoryServer;
  readonly devices: Device[] = [];
  readonly expectation = new Expectation();
  readonly trace: string[] = [];
  readonly network: Network;
  nowMs = startMs;
  /** A change that was acknowledged and is not on the server, nor anything later. */
  untaken: string | null = null;
  private readonly safeguards: Safeguards;
  private readonly needs: ExchangeNeeds;
  private readonly limits = { quotaBytes: Infinity, aheadMs: 0 };
  private backup: ServerData;
  private serverPower = Infinity;
  private words = 0;
  private isRestored = false;
  private stranger: { node: string; nonce: string; pushNo: number } | null = null;

  constructor(seed: number, safeguards: Safeguards) {
    const chance = chanceOf(seed);
    this.chance = chance;
    this.safeguards = safeguards;
    this.schedule = new Schedule((count) => chance.below(count));
    this.network = { lossRatio: chance.of([0, 0.1, 0.2]), cutOff: new Set() };
    this.limits.aheadMs = safeguards.aheadMs;
    this.server = memoryServer(async () => {
      if (this.serverPower-- <= 0) throw new Crash();
    });
    this.needs = {
      nowMs: () => this.nowMs,
      randomToken: () => chance.next().toString(36),
      randomNode: () => formatHlc({ ms: 0, counter: 0 }, this.digits()).slice(-6),
      limits: this.limits,
      faultOfFragment: (fragment, isEncrypted) =>
        fragment.collection === laterCollection ? null : faultOfFragment(fragment, isEncrypted),
    };
    this.backup = this.server.backup();
    const count = 2 + chance.below(2);
    for (let i = 0; i < count; i++) this.addDevice(chance.often(0.7));
  }

  private digits(): string {
    return Math.floor(this.chance.next() * 36 ** 6)
      .toString(36)
      .padStart(6, '0');
  }

  say(text: string): void {
    this.trace.push(text);
  }

  addDevice(isOwned: boolean, from?: Device): Device {
    const { schedule, chance, network, needs, safeguards } = this;
    const name = `d${this.devices.length}`;
    const wires: Wires = {
      schedule,
      chance,
      network,
      needs,
      storeFor: (request) => safeguards.serverStore(this.server, request),
      onPushed: (request, answer) => {
        // A copy whose twin was forgotten with the restore cannot be told from it.
        if (!this.isRestored) this.untaken ??= untakenOf(this.server.data, request, answer);
      },
    };
    const device = new Device(
      {
        name,
        schedule,
        random: chance.next,
        nowMs: () => this.nowMs,
        server: serverAsSeenBy(name, wires),
        wrap: (store) => safeguards.deviceStore(store),
        isOwned,
      },
      from?.memory,
    );
    device.skewMs = from?.skewMs ?? 0;
    this.devices.push(device);
    return device;
  }

  /** Somebody writes in one of the tabs of a device. */
  async edit(device: Device): Promise<void> {
    const source = {
      row: (collection: string, id: string) => device.memory.data.rows.get(collection)?.get(id),
      word: () => `v${++this.words}`,
    };
    const isGroup = this.chance.often(0.2);
    const changes = Array.from({ length: isGroup ? 1 + this.chance.below(4) : 1 }, () =>
      nextEdit(this.chance, source),
    );
    const isUndone = this.chance.often(0.1);
    const isOwned = device.isOwned;
    this.say(`${device.name} writes ${JSON.stringify(changes)}`);
    await this.schedule.start(async () => {
      let written: readonly Written[] = [];
      try {
        written = await device.write(changes, isGroup);
      } finally {
        // It was cut short.
        if (written.length === 0) this.doubt(changes);
      }
      this.expectation.note(device.name, written);
      if (!isOwned) this.doubt(changes);
      else this.doubt(changes.filter(isBad));
      if (!isUndone) return;
      this.doubt(changes);
      await device.undo(written);
    });
  }

  private doubt(changes: readonly { readonly collection: string; readonly id: string }[]): void {
    for (const { collection, id } of changes) this.expectation.doubtRow(collection, id);
  }

  async sync(device: Device): Promise<void> {
    const { chance } = this;
    const options = { pull: chance.often(0.8), repair: chance.often(0.1), held: chance.often(0.3) };
    this.say(`${device.name} syncs ${JSON.stringify(options)}`);
    await this.schedule.start(() => device.sync(options));
  }

  async die(device: Device): Promise<void> {
    this.say(`${device.name} dies`);
    await this.schedule.kill(device.name);
    device.power = Infinity;
  }

  /** Dies after so many more steps of its storage, in the middle of whatever it does. */
  weaken(device: Device): void {
    device.power = this.chance.below(40);
    this.say(`${device.name} will die in ${device.power} steps`);
  }

  async reviveDead(): Promise<void> {
    for (const device of this.devices) if (device.isDead) await this.die(device);
    if (this.serverPower <= 0) this.serverPower = Infinity;
  }

  weakenServer(): void {
    this.serverPower = this.chance.below(40);
    this.say(`the server falls over in ${this.serverPower} steps`);
  }

  /** A profile is copied, and used in both places at once. */
  async clone(device: Device): Promise<void> {
    if (this.devices.length >= mostDevices) return;
    this.say(`d${this.devices.length} is a copy of ${device.name}`);
    // What waits in both is stamped by both.
    for (const { collection, row } of device.memory.data.outbox.values()) {
      this.expectation.doubtRow(collection, row);
    }
    const copy = this.addDevice(device.isOwned, device);
    const [collection, id] = ['watchlist', 'w0'];
    this.expectation.doubtRow(collection, id);
    for (const twin of [device, copy]) {
      const fields = { list: `v${++this.words}` };
      await this.schedule.start(async () => {
        await twin.write([{ kind: 'put', collection, id, fields }], false);
      });
    }
  }

  takeBackup(): void {
    this.say(`backup at ${this.server.data.head.seq}`);
    this.backup = this.server.backup();
  }

  restoreBackup(): void {
    this.say(`the server is restored from ${this.backup.head.seq}`);
    this.server.restore(this.backup);
    this.isRestored = true;
    this.stranger = null;
  }

  /** As the server does with what was deleted long ago and every device has seen. */
  async purge(): Promise<void> {
    this.serverPower = Infinity;
    const { data } = this.server;
    const cursors = this.devices.map(({ memory }) => data.cursors.get(memory.data.meta.node ?? ''));
    const known = Math.min(...cursors.map((cursor) => cursor ?? 0));
    const deletion = deletedRows(data).find(({ seq }) => seq <= known);
    if (!deletion) return;
    const { collection, row } = deletion;
    this.say(`${collection} ${row} is purged`);
    this.expectation.doubtRow(collection, row);
    await this.server.transact('trader', async (tx) => {
      const head = await tx.holdHead();
      const purged = purgeOf(await tx.fragmentsOf([deletion]), head.seq + 1);
      if (!purged) return;
      await tx.apply(purged.changes);
      const seq = head.seq + 1;
      const token = this.needs.randomToken();
      await tx.mintToken({ seq, token });
      await tx.saveHead({ ...head, seq, token, bytes: head.bytes + purged.grownBytes });
    });
  }

  /** A device with a later version writes a field and a collection that the others do not know. */
  async writeLater(): Promise<void> {
    this.serverPower = Infinity;
    const { server, needs, chance } = this;
    this.stranger ??= {
      ...(await register(server, needs, 'trader')),
      pushNo: 0,
    };
    const stranger = this.stranger;
    const hlc = formatHlc({ ms: this.nowMs, counter: 0 }, stranger.node);
    const id = `w${chance.below(3)}`;
    const colour = `v${++this.words}`;
    this.say(`a later version writes ${id} and ${laterCollection}`);
    const { head } = server.data;
    const answer = await push(server, needs, 'trader', {
      node: stranger.node,
      pushNo: ++stranger.pushNo,
      nonce: stranger.nonce,
      witness: { seq: head.seq, token: head.token },
      epoch: head.epoch,
      unsynced: 0,
      ops: [
        ['watchlist', id, hlc, { colour }, { v: 9 }],
        [laterCollection, 'x', hlc, { size: { at: colour } }, { v: 2 }],
      ],
    });
    if (answer.kind === 'done') stranger.nonce = answer.nonce;
    else this.stranger = null;
  }

  setQuota(): void {
    const isFull = this.limits.quotaBytes === Infinity;
    this.limits.quotaBytes = isFull ? this.server.data.head.bytes + 200 : Infinity;
    this.say(isFull ? 'the account is nearly full' : 'the account has room');
  }

  /** Somebody whose data are nobody's signs in. */
  claim(device: Device): void {
    if (!device.isOwned) this.say(`${device.name} is somebody's now`);
    device.isOwned = true;
  }

  /** Nothing is lost any more, and everybody has all the time there is. */
  async heal(): Promise<void> {
    this.say('all is well');
    this.network.lossRatio = 0;
    this.network.cutOff.clear();
    this.limits.quotaBytes = Infinity;
    this.serverPower = Infinity;
    for (const device of this.devices) {
      device.power = Infinity;
      this.claim(device);
    }
    await this.schedule.drain();
  }

  /** Each device syncs once, in turn. */
  async syncAll(repair: boolean): Promise<void> {
    for (const device of this.devices) {
      this.nowMs += 1_000;
      await this.schedule.start(() => device.sync({ pull: true, repair, held: true }));
      await this.schedule.drain();
    }
  }
}
