/** Runs of the simulation by seed: what was broken, and what led there. */
import {
  cellsOfDevice,
  cellsOfServer,
  difference,
  faultOfDevice,
  faultOfServer,
  sumOf,
  type Fault,
  type Invariant,
} from './invariants.ts';
import { allSafeguards, World, type Safeguards } from './world.ts';

export interface Violation {
  readonly seed: number;
  readonly invariant: Invariant;
  readonly detail: string;
  readonly trace: readonly string[];
}

/** The last things that happened, for who reads them. */
const tracedSteps = 60;
const mostPasses = 8;
/** Looking at everything takes longer than what happens. */
const looksEvery = 8;

export async function simulate(
  seed: number,
  safeguards: Safeguards = allSafeguards,
): Promise<Violation | null> {
  const world = new World(seed, safeguards);
  // Without a safeguard it must be seen from outside.
  const isInsideSeen = safeguards === allSafeguards;
  let fault: Fault | null;
  try {
    fault = (await live(world, isInsideSeen)) ?? (await settle(world, isInsideSeen));
  } catch (error) {
    fault = {
      invariant: 'no error',
      detail: error instanceof Error ? error.stack! : String(error),
    };
  }
  return fault && { seed, ...fault, trace: world.trace.slice(-tracedSteps) };
}

/** How often each thing happens. */
const weights = {
  edit: 30,
  sync: 22,
  turns: 45,
  time: 6,
  skew: 3,
  cutOff: 3,
  die: 2,
  weaken: 2,
  weakenServer: 1,
  clone: 1,
  backup: 1.2,
  restore: 1.2,
  purge: 2,
  later: 1,
  quota: 0.7,
  claim: 1,
};

async function live(world: World, isInsideSeen: boolean): Promise<Fault | null> {
  const { chance } = world;
  const actions = 40 + chance.below(80);
  for (let i = 0; i < actions; i++) {
    await happen(world, chance.weighted(weights));
    await world.reviveDead();
    if (i % looksEvery !== 0) continue;
    const fault = faultOfAll(world, isInsideSeen);
    if (fault) return fault;
  }
  return null;
}

async function happen(world: World, what: keyof typeof weights): Promise<void> {
  const { chance, schedule, network } = world;
  const device = chance.of(world.devices);
  switch (what) {
    case 'edit':
      return world.edit(device);
    case 'sync':
      return device.isOwned ? world.sync(device) : undefined;
    case 'turns':
      for (let n = chance.below(40); n > 0 && !schedule.isIdle; n--) await schedule.step();
      return;
    case 'time':
      world.nowMs += chance.below(200_000);
      return;
    case 'skew':
      device.skewMs = (chance.below(3) - 1) * chance.below(7_200_000);
      return world.say(`the clock of ${device.name} is off by ${device.skewMs} ms`);
    case 'cutOff':
      if (!network.cutOff.delete(device.name)) network.cutOff.add(device.name);
      return world.say(`cut off: ${[...network.cutOff].join(' ')}`);
    case 'die':
      return world.die(device);
    case 'weaken':
      return world.weaken(device);
    case 'weakenServer':
      return world.weakenServer();
    case 'clone':
      return world.clone(device);
    case 'backup':
      return world.takeBackup();
    case 'restore':
      return world.restoreBackup();
    case 'purge':
      return world.purge();
    case 'later':
      return world.writeLater();
    case 'quota':
      return world.setQuota();
    case 'claim':
      return world.claim(device);
  }
}

function faultOfAll(world: World, isInsideSeen: boolean): Fault | null {
  if (world.untaken) return { invariant: 'acknowledged is there', detail: world.untaken };
  const fault = faultOfServer(world.server.data, world.nowMs);
  if (fault || !isInsideSeen) return fault;
  for (const { name, memory } of world.devices) {
    const found = faultOfDevice(memory.data);
    if (found) return { ...found, detail: `${name}: ${found.detail}` };
  }
  return null;
}

/** Syncs until nothing changes any more, and looks at what has become of it all. */
async function settle(world: World, isInsideSeen: boolean): Promise<Fault | null> {
  await world.heal();
  let fault: Fault | null = null;
  for (let pass = 0; pass < mostPasses; pass++) {
    // What only a comparison finds is looked for once all the rest is there.
    await world.syncAll(pass > 1);
    const broken = faultOfAll(world, isInsideSeen);
    if (broken) return broken;
    fault = faultOfRest(world);
    if (!fault) break;
  }
  if (fault) return fault;
  const final = new Map(
    [...cellsOfServer(world.server.data)].map(([name, { value }]) => [name, value]),
  );
  const lost = world.expectation.faultOf(final);
  return lost === null ? null : { invariant: 'nothing lost', detail: lost };
}

function faultOfRest({ devices, server }: World): Fault | null {
  const theirs = cellsOfServer(server.data);
  const sum = sumOf(theirs);
  for (const { name, memory } of devices) {
    const { data } = memory;
    const waiting = [...data.outbox.values()][0];
    if (waiting)
      return { invariant: 'nothing waits', detail: `${name}: ${JSON.stringify(waiting)}` };
    if (data.shadows.size > 0) return { invariant: 'no shadow left', detail: name };
    const ours = cellsOfDevice(data);
    const differs = difference(ours, theirs);
    if (differs) return { invariant: 'converged', detail: `${name}: ${differs}` };
    if (sumOf(ours) !== sum) return { invariant: 'digests equal', detail: name };
  }
  return null;
}
