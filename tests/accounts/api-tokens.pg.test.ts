/** What a program with a token may do: what its scopes name, and nothing beside. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokenScopes, type TokenScope } from '../../core/identity/token-scopes.ts';
import { fixtures } from './fixtures.ts';
import { openInstallation, type Installation } from './installation.ts';
import { openPeople, type People, type Person } from './people.ts';
import { guarded, procedures } from './procedures.ts';
import { rowsOf } from './snapshot.ts';
import { visitor, type Visitor } from './visitor.ts';

let at: Installation;
let people: People;
let owner: Person;
let other: Person;

beforeAll(async () => {
  at = await openInstallation();
  people = await openPeople(at);
  owner = await people.person();
  other = await people.person({ role: 'admin' });
});
afterAll(async () => {
  await people?.close();
  await at?.close();
});

const program = (token: string, cookies = new Map<string, string>()) =>
  visitor(at.address, { cookies, headers: { authorization: `Bearer ${token}` } });
const scoped = procedures.filter(({ needs }) => needs?.scope !== undefined);
const inputOf = (path: string) => fixtures[path]!.input?.(owner, at);

async function failures(who: Visitor, list: typeof procedures): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const { path, method, needs } of list) {
    // Who is refused is refused before the input is looked at.
    const input = needs?.scope === undefined ? {} : await inputOf(path);
    found[path] = (await who.try(method, path, input)).failure;
  }
  return found;
}

const expected = (list: typeof procedures, code: (scope?: TokenScope) => string | null) =>
  Object.fromEntries(list.map(({ path, needs }) => [path, code(needs?.scope)]));

describe('a token', () => {
  it('has procedures for every scope that there is', () => {
    const used = new Set(scoped.map(({ needs }) => needs?.scope));
    expect([...used].sort()).toEqual([...tokenScopes].sort());
  });

  it.each(tokenScopes)('of the scope %s opens the procedures that name it alone', async (own) => {
    const { token } = await owner.apiToken([own]);
    const codes = await failures(program(token), guarded);
    expect(codes).toEqual(
      expected(guarded, (scope) => (scope === own ? null : 'auth.not-allowed')),
    );
  });

  it('of an admin runs nothing of the installation', async () => {
    const { token } = await other.apiToken(tokenScopes);
    const staff = guarded.filter(({ path }) => path.startsWith('admin.'));
    expect(await failures(program(token), staff)).toEqual(
      expected(staff, () => 'auth.not-allowed'),
    );
  });

  it('is no session: it signs nobody in and nobody out', async () => {
    const { token } = await owner.apiToken(tokenScopes);
    const before = await rowsOf(at.sql, owner.userId);
    expect(await program(token).get('auth.me')).toEqual({ account: null });
    await program(token).post('auth.signOut');
    // Its own row notes when it was used.
    const used = { api_tokens: expect.any(String) };
    expect(await rowsOf(at.sql, owner.userId)).toEqual({ ...before, ...used });
  });
});

describe('a token that is not good', () => {
  const refused = () => expected(scoped, () => 'auth.sign-in-needed');

  it('because its days are over opens nothing', async () => {
    const { token, tokenId } = await owner.apiToken(tokenScopes);
    expect((await program(token).try('GET', 'account.profile')).failure).toBeNull();
    await at.sql`update api_tokens set expires_ms = ${Date.now() - 1} where token_id = ${tokenId}`;
    expect(await failures(program(token), scoped)).toEqual(refused());
  });

  it('because its owner took it back opens nothing', async () => {
    const { token, tokenId } = await owner.apiToken(tokenScopes);
    const who = await owner.signedIn();
    expect(await who.post('security.revokeToken', { tokenId })).toEqual({ revoked: true });
    expect(await failures(program(token), scoped)).toEqual(refused());
  });

  it('because another account’s id stands in front opens nothing', async () => {
    const { token } = await owner.apiToken(tokenScopes);
    const moved = token.replace(owner.userId, other.userId);
    expect(await failures(program(moved), scoped)).toEqual(refused());
  });

  it('is the same to us however it is malformed', async () => {
    const { token } = await owner.apiToken(tokenScopes);
    const { cookies } = await owner.signedIn();
    const malformed = [
      token.slice(0, -1),
      `${token}A`,
      token.replace('offing_', ''),
      token.toUpperCase(),
      `offing_${cookies.get('offing')}`,
      cookies.get('offing')!,
      'offing_',
      `offing_${owner.userId}.`,
      "offing_' or 1=1 --",
      `offing_${'%00'.repeat(20)}`,
      `offing_${'A'.repeat(5_000)}`,
    ];
    for (const text of malformed) {
      const answer = await program(text).try('GET', 'account.profile');
      expect(answer.failure).toBe('auth.sign-in-needed');
    }
  });
});

describe('a token and a session together', () => {
  it('count as the token alone', async () => {
    const { token } = await owner.apiToken(['profile:read']);
    const { cookies } = await other.signedIn();
    const both = program(token, cookies);
    expect(await both.get('account.profile')).toMatchObject({ email: owner.email });
    expect((await both.try('POST', 'account.export')).failure).toBe('auth.not-allowed');
    expect((await both.try('GET', 'admin.users', {})).failure).toBe('auth.not-allowed');
    expect((await program('offing_wrong', cookies).try('GET', 'account.profile')).failure).toBe(
      'auth.sign-in-needed',
    );
  });

  it.each(scoped.map(({ path }) => path))(
    'or a session alone: below /api/v1 the cookie opens nothing of %s',
    async (path) => {
      const document = (await (await fetch(`${at.address}/api/v1/openapi.json`)).json()) as {
        paths: Record<string, Record<string, { operationId: string }>>;
      };
      const [place, operations] = Object.entries(document.paths).find(([, found]) =>
        Object.values(found).some(({ operationId }) => operationId === path.replace('.', '-')),
      )!;
      const { cookies } = await owner.signedIn();
      const call = async (headers: Record<string, string>) => {
        const method = Object.keys(operations)[0]!.toUpperCase();
        const body = method === 'GET' ? {} : { body: JSON.stringify(await inputOf(path)) };
        const all = { 'content-type': 'application/json', 'x-offing-client': 'test', ...headers };
        return fetch(`${at.address}/api/v1${place}`, { method, headers: all, ...body });
      };
      const cookie = `offing=${cookies.get('offing')}`;
      expect((await call({ cookie })).status).toBe(401);
      const { token } = await (await people.person()).apiToken(tokenScopes);
      expect((await call({ cookie, authorization: `Bearer ${token}` })).status).toBe(200);
    },
  );
});
