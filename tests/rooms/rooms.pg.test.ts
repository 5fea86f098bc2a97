/** What a room promises, asked of both its hosts: the server itself, and PartyKit told by it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatHlc } from '../../core/sync/hlc.ts';
import {
  EVENTS_PATH,
  LIVE_PATH,
  roomEnds,
  type LiveTicket,
  type Poke,
} from '../../core/sync/live.ts';
import { openAnotherServer, type AnotherServer } from '../accounts/another-server.ts';
import type { Person } from '../accounts/people.ts';
import { openScene, type Scene } from '../accounts/scene.ts';
import type { Visitor } from '../accounts/visitor.ts';
import { until } from '../server-process.ts';
import { openLive, type LiveState } from '../../workers/replica/live/live.ts';
import { device, socketClass, type Device } from './device.ts';
import { startParty, type PartyProcess } from './party-process.ts';

let scene: Scene;
let party: PartyProcess;
/** A second server over the same database, whose rooms are on PartyKit. */
let another: AnotherServer;
beforeAll(async () => {
  const secret = randomBytes(32).toString('hex');
  // The party has to know which origin is ours before the servers have one.
  const publicUrl = 'http://localhost:5170';
  [scene, party] = await Promise.all([openScene(), startParty({ secret, publicUrl })]);
  another = await openAnotherServer(scene.at, {
    OFFING_ROOMS_URL: party.origin,
    OFFING_ROOMS_SECRET: secret,
  });
});
afterAll(async () => {
  await Promise.all([another?.close(), party?.end()]);
  await scene?.close();
});

type SignedIn = Visitor & { readonly sessionId: string };

interface Place {
  readonly name: string;
  /** The same person where tickets for this place are given. */
  at(who: SignedIn): Visitor;
  origin(): string;
  socketUrl(ticket: LiveTicket): string;
}

const places: readonly Place[] = [
  {
    name: 'in the server',
    at: (who) => who,
    origin: () => scene.at.address,
    socketUrl: () => `${scene.at.address.replace('http', 'ws')}${LIVE_PATH}`,
  },
  {
    name: 'on PartyKit',
    at: (who) => another.carrying(who),
    origin: () => 'http://localhost:5170',
    socketUrl: ({ socketUrl }) => socketUrl ?? 'ws://nowhere.invalid',
  },
];

const stamp = formatHlc({ ms: 1, counter: 0 }, 'abcdef');
const small = ['notes', 'n1', stamp, { title: 'Short' }];

async function pushed(person: Person, head: number, fragment?: unknown): Promise<void> {
  const notice = { userId: person.userId, prevHead: head - 1, head, fragment };
  await scene.at.sql`select pg_notify('offing_heads', ${JSON.stringify(notice)})`;
}

const devices: Device[] = [];

describe.each(places)('a room $name', ({ at, origin, socketUrl }) => {
  const ticketOf = (who: SignedIn) => at(who).post<LiveTicket & object>('live.ticket');
  const enter = (ticket: LiveTicket, wish: { isMute?: boolean; origin?: string } = {}) => {
    const made = device(socketUrl(ticket), { origin: origin(), ticket: ticket.ticket, ...wish });
    devices.push(made);
    return made;
  };
  async function welcomed(person: Person, wish: { isMute?: boolean } = {}) {
    const who = await person.signedIn();
    const there = enter(await ticketOf(who), wish);
    await there.hears({ kind: 'welcome' });
    return { who, there };
  }
  afterAll(() => {
    for (const each of devices.splice(0)) each.leave();
  });

  test('tells every device of the account, and nobody of another, what the head is', async () => {
    const [person, stranger] = [await scene.people.person(), await scene.people.person()];
    const desk = await welcomed(person);
    const phone = await welcomed(person);
    const other = await welcomed(stranger);
    await pushed(person, 7);
    for (const { there } of [desk, phone]) {
      await there.hears({ kind: 'poke', head: 7, prevHead: 6 });
    }
    await pushed(stranger, 3);
    await other.there.hears({ kind: 'poke', head: 3 });
    expect(JSON.stringify(other.there.heard)).not.toContain('7');
  });

  test('hands on a small change itself, and of a large one only that there is one', async () => {
    const person = await scene.people.person();
    const { there } = await welcomed(person);
    await pushed(person, 1, small);
    await there.hears({ kind: 'poke', head: 1, fragment: small });
    await pushed(person, 2, ['notes', 'n1', stamp, { title: 'x'.repeat(4_090) }]);
    await there.hears({ kind: 'poke', head: 2 });
    expect(there.heard.at(-1)).toEqual({ kind: 'poke', head: 2, prevHead: 1 });
  });

  test('tells that something of a trading account changed, to its person alone', async () => {
    const [person, stranger] = [await scene.people.person(), await scene.people.person()];
    const desk = await welcomed(person);
    const other = await welcomed(stranger);
    const accountId = person.userId.replace(/^./, 'f');
    for (const each of [person, stranger]) {
      const named = each === person ? accountId : stranger.userId;
      await scene.at.sql`select pg_notify('offing_trading', ${`${each.userId} ${named}`})`;
    }
    await desk.there.hears({ kind: 'trading', accountId });
    await other.there.hears({ kind: 'trading', accountId: stranger.userId });
    expect(JSON.stringify(other.there.heard)).not.toContain(accountId);
  });

  test('opens by a ticket once', async () => {
    const person = await scene.people.person();
    const ticket = await ticketOf(await person.signedIn());
    const both = [enter(ticket), enter(ticket)];
    const refused = await Promise.race(both.map((each) => each.ended));
    expect(refused).toBe(roomEnds.refused);
    await wait(50);
    expect(both.filter(({ isOpen }) => isOpen)).toHaveLength(1);
    expect(await enter(ticket).ended).toBe(roomEnds.refused);
  });

  test('does not open by a ticket of another place, a changed one, or none', async () => {
    const person = await scene.people.person();
    const who = await person.signedIn();
    const stranger = await scene.people.person();
    const own = await ticketOf(who);
    const [elsewhere] = await Promise.all(
      places.filter((place) => place.at !== at).map((place) => place.at(who)),
    );
    const foreign = await elsewhere!.post<LiveTicket & object>('live.ticket');
    const forStranger = { ...own, ticket: own.ticket.replace(person.userId, stranger.userId) };
    const later = { ...own, ticket: own.ticket.replace(/\.(\d{13})\./, '.9999999999999.') };
    const wrong = [foreign, forStranger, later, { ...own, ticket: '' }];
    for (const { ticket } of wrong) {
      expect(await enter({ ...own, ticket }).ended).toBe(roomEnds.refused);
    }
  });

  test('is not entered from a page of another origin', async () => {
    const ticket = await ticketOf(await (await scene.people.person()).signedIn());
    expect(await enter(ticket, { origin: 'https://evil.example' }).ended).toBe(403);
  });

  test.each<[string, (who: SignedIn, other: SignedIn) => Promise<unknown>]>([
    ['signs out', (who) => who.post('auth.signOut')],
    [
      'is ended from another device',
      (who, other) => other.post('security.revokeSession', { sessionId: who.sessionId }),
    ],
  ])('is closed to a session that %s, which hears nothing more', async (_, end) => {
    const person = await scene.people.person();
    const [gone, stays] = [await welcomed(person), await welcomed(person)];
    const before = gone.there.heard.length;
    await end(gone.who, stays.who);
    expect(await gone.there.ended).toBe(roomEnds['signed-out']);
    await pushed(person, 9);
    await stays.there.hears({ kind: 'poke', head: 9 });
    expect(gone.there.heard).toHaveLength(before);
  });

  test('drops a device that takes nothing in, and the others hear on', async () => {
    const person = await scene.people.person();
    const [mute, quick] = [await welcomed(person, { isMute: true }), await welcomed(person)];
    const wide = ['notes', 'n1', stamp, { title: 'x'.repeat(3_900) }];
    const most = 70;
    for (let head = 1; head <= most; head++) {
      await pushed(person, head, wide);
      await quick.there.hears({ kind: 'poke', head });
    }
    expect([roomEnds.slow, 1_006]).toContain(await mute.there.ended);
    expect(quick.there.isOpen).toBe(true);
  });
});

test('a room on PartyKit does not open by a ticket of another account', async () => {
  const [person, stranger] = [await scene.people.person(), await scene.people.person()];
  const ticketOf = async (who: Person) =>
    another.carrying(await who.signedIn()).post<LiveTicket & object>('live.ticket');
  const [own, foreign] = [await ticketOf(person), await ticketOf(stranger)];
  const origin = 'http://localhost:5170';
  const made = device(own.socketUrl ?? '', { origin, ticket: foreign.ticket });
  devices.push(made);
  expect(await made.ended).toBe(roomEnds.refused);
});

describe('the server’s own rooms', () => {
  const at = (server: string) => `${server.replace('http', 'ws')}${LIVE_PATH}`;
  const ticketOf = async (who: Visitor) =>
    (await who.post<LiveTicket & object>('live.ticket')).ticket;
  const pull = { kind: 'pull' };

  test('open once by one ticket, at whichever of two servers', async () => {
    const ticket = await ticketOf(await (await scene.people.person()).signedIn());
    const [one, other] = [scene.at.address, another.address].map((server) =>
      device(at(server), { origin: server, ticket }),
    );
    devices.push(one!, other!);
    expect(await Promise.race([one!.ended, other!.ended])).toBe(roomEnds.refused);
    await wait(50);
    expect([one!, other!].filter(({ isOpen }) => isOpen)).toHaveLength(1);
  });

  test.each<[string, number, Record<string, string>]>([
    ['another origin', 403, { origin: 'https://evil.example' }],
    ['no origin', 403, { origin: '' }],
    ['another site', 403, { 'sec-fetch-site': 'cross-site' }],
    ['another name of the server', 421, { host: 'evil.example' }],
  ])('take no handshake with %s', async (_, status, headers) => {
    const origin = headers['origin'] ?? scene.at.address;
    const made = device(at(scene.at.address), { origin, ticket: '', headers });
    devices.push(made);
    expect(await made.ended).toBe(status);
  });

  test('are nowhere else: a wish for a socket at another path is not granted', async () => {
    const url = `${scene.at.address.replace('http', 'ws')}/healthz`;
    const made = device(url, { origin: scene.at.address, ticket: '' });
    devices.push(made);
    expect(await made.ended).toBe(200);
  });

  test('end a socket that says more than a ticket is long', async () => {
    const made = device(at(scene.at.address), {
      origin: scene.at.address,
      ticket: 'x'.repeat(100_000),
    });
    devices.push(made);
    expect(await made.ended).toBe(1_009);
  });

  test('tell what changed of a trading account to its person alone, or that something did', async () => {
    const joined = async () => {
      const person = await scene.people.person();
      const ticket = await ticketOf(await person.signedIn());
      const there = device(at(scene.at.address), { origin: scene.at.address, ticket });
      devices.push(there);
      await there.hears({ kind: 'welcome' });
      return { there, userId: person.userId };
    };
    const [one, other] = [await joined(), await joined()];
    const lists = { positions: [], orders: [], trails: [], intents: [] };
    const gone = { gonePositions: ['17'], goneOrders: [], goneTrails: [] };
    const change = { broker: null, ...lists, ...gone };
    const [whole, torn] = [randomUUID(), randomUUID()];
    const tell = (to: string, accountId: string, text: string) =>
      scene.at.sql`select pg_notify('offing_trading', ${`${to} ${accountId} ${text}`})`;
    await tell(one.userId, whole, JSON.stringify(change));
    await tell(one.userId, torn, '{"positions": 1}');
    await tell(other.userId, other.userId, JSON.stringify({ ...change, gonePositions: [] }));
    await other.there.hears({ kind: 'trading', accountId: other.userId });
    await one.there.hears({ kind: 'trading', accountId: torn });
    expect(one.there.heard).toContainEqual({ kind: 'trading', accountId: whole, change });
    expect(one.there.heard).toContainEqual({ kind: 'trading', accountId: torn });
    expect(JSON.stringify(other.there.heard)).not.toContain(whole);
  });

  test('tell everybody to pull when what the database said may have been missed', async () => {
    const who = await (await scene.people.person()).signedIn();
    const made = device(at(scene.at.address), {
      origin: scene.at.address,
      ticket: await ticketOf(who),
    });
    devices.push(made);
    await made.hears({ kind: 'welcome' });
    const before = made.heard.filter(({ kind }) => kind === 'pull').length;
    await scene.at.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'offing listen'`;
    await until(async () => made.heard.filter(({ kind }) => kind === 'pull').length > before);
    expect(made.heard).toContainEqual(pull);
  });
});

describe('a stream of events', () => {
  const eventsOf = (who: Visitor, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${scene.at.address}${EVENTS_PATH}`, {
      method,
      headers: { cookie: `offing=${who.cookies.get('offing') ?? ''}`, ...headers },
    });

  test('tells what a socket would, and ends when the session does', async () => {
    const person = await scene.people.person();
    const who = await person.signedIn();
    const response = await eventsOf(who);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('content-encoding')).toBeNull();
    let text = '';
    const ended = (async () => {
      for await (const chunk of response.body!) text += new TextDecoder().decode(chunk);
    })();
    await until(async () => text.includes('welcome'));
    await pushed(person, 4, small);
    await until(async () => text.includes('"head":4'));
    expect(text).toContain(JSON.stringify(small));
    await who.post('auth.signOut');
    await ended;
    const before = text;
    await pushed(person, 5);
    expect(text).toBe(before);
  });

  test.each<[number, string, string, Record<string, string>]>([
    [401, 'nobody', 'GET', { cookie: '' }],
    [403, 'a page of another site', 'GET', { 'sec-fetch-site': 'cross-site' }],
    [403, 'a page of another origin', 'GET', { origin: 'https://evil.example' }],
    [405, 'a form', 'POST', {}],
  ])('is refused with %i to %s', async (status, _, method, headers) => {
    const who = await (await scene.people.person()).signedIn();
    expect((await eventsOf(who, headers, method)).status).toBe(status);
  });

  test('is refused to a program, whose token no session ends', async () => {
    const { token } = await (await scene.people.person()).apiToken(['profile:read']);
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${scene.at.address}${EVENTS_PATH}`, { headers })).status).toBe(403);
  });
});

test.each([
  ['a socket', 'live'],
  ['events, where sockets do not get through', 'events'],
])('the way of the pages hears by %s', async (_, wanted) => {
  const person = await scene.people.person();
  const who = await person.signedIn();
  const { address } = scene.at;
  const [pokes, states]: [(Poke | null)[], LiveState[]] = [[], []];
  const live = openLive({
    origin: address,
    ticket: () => who.post<LiveTicket & object>('live.ticket'),
    onPoke: (poke) => void pokes.push(poke),
    onState: (state) => void states.push(state),
    random: () => 0,
    // What a browser adds by itself.
    fetch: (url, init) =>
      fetch(url, { ...init, headers: { cookie: `offing=${who.cookies.get('offing') ?? ''}` } }),
    WebSocket: socketClass(wanted === 'live' ? address : 'https://evil.example'),
  });
  await until(async () => states.at(-1) === wanted);
  await pushed(person, 3);
  await until(async () => pokes.some((poke) => poke?.head === 3));
  live.close();
});

test('a server that stops says so to those in its rooms, and waits for none of them', async () => {
  const who = await (await scene.people.person()).signedIn();
  const at = another.address;
  // Tickets for that server's own rooms are those of the first: they share their secret.
  const { ticket } = await who.post<LiveTicket & object>('live.ticket');
  const there = device(`${at.replace('http', 'ws')}${LIVE_PATH}`, { origin: at, ticket });
  await there.hears({ kind: 'welcome' });
  const cookie = `offing=${who.cookies.get('offing') ?? ''}`;
  const stream = await fetch(`${at}${EVENTS_PATH}`, { headers: { cookie } });
  const closing = another.close();
  expect(await there.ended).toBe(roomEnds.stopping);
  // Its end, which a stream that is cut does not have.
  await stream.text();
  await closing;
});
