/** A trader's keys for brokers and models: put in, used by the server, never shown again. */
import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { storedSecrets } from '../schema/secrets.ts';
import { users } from '../schema/users.ts';
import { placeOf } from '../vault/sealed-columns.ts';
import type { Vault } from '../vault/vault.ts';

type SecretKind = (typeof storedSecrets.$inferSelect)['kind'];
export const secretKinds = [
  'broker',
  'assistant',
  'market-data',
] as const satisfies readonly SecretKind[];

/** All that anybody gets to see of a secret. */
export interface SecretLabel {
  readonly secretId: string;
  readonly kind: SecretKind;
  readonly name: string;
  readonly createdMs: number;
  readonly changedMs: number;
}

export interface NewSecret {
  readonly kind: SecretKind;
  readonly name: string;
  readonly value: string;
  readonly nowMs: number;
}

export type NotFound = Failure<'account.not-found'>;
export type PutFailure = NotFound | Failure<'account.too-many' | 'server.request-too-large'>;

export interface SecretStore {
  /** By name, without the values. */
  list(database: Queries, userId: string): Promise<readonly SecretLabel[]>;
  /**
   * The secret's id; one of the same name is replaced and keeps its id.
   *
   * Locks the account's row, so that secrets put in at the same time take turns: call it in a
   * transaction. Errors: `account.not-found`, `account.too-many` beyond 50,
   * `server.request-too-large` beyond 4 kB of UTF-8.
   */
  put(
    transaction: Queries,
    userId: string,
    secret: NewSecret,
  ): Promise<Result<{ readonly secretId: string }, PutFailure>>;
  /** The label of what was removed, for the audit trail. */
  remove(
    database: Queries,
    userId: string,
    secretId: string,
  ): Promise<Result<SecretLabel, NotFound>>;
  /** The value in plain, for the server's own use; throws where it is damaged. */
  open(database: Queries, userId: string, secretId: string): Promise<Result<string, NotFound>>;
}

export const mostSecrets = 50;
export const longestSecretBytes = 4_096;

export function createSecretStore({ vault }: { readonly vault: Vault }): SecretStore {
  return {
    async list(database, userId) {
      const rows = await ownRows(database, userId).read(storedSecrets, {
        orderBy: [asc(storedSecrets.name)],
      });
      return rows.map(labelOf);
    },

    async put(transaction, userId, { kind, name, value, nowMs }) {
      if (Buffer.byteLength(value) > longestSecretBytes) return tooLarge();
      const rows = ownRows(transaction, userId);
      if (!(await rows.one(users, { lock: 'update' }))) return notFound('account');
      const kept = await rows.read(storedSecrets);
      const same = kept.find((secret) => secret.name === name);
      if (!same && kept.length >= mostSecrets) return tooMany();
      const secretId = same?.secretId ?? randomUUID();
      const sealedValue = vault.seal(value, placeOf('storedSecret', { userId, row: secretId }));
      const written = { kind, sealedValue, changedMs: nowMs };
      if (same) await rows.change(storedSecrets, written, eq(storedSecrets.secretId, secretId));
      else await rows.add(storedSecrets, { ...written, secretId, name, createdMs: nowMs });
      return ok({ secretId });
    },

    async remove(database, userId, secretId) {
      const rows = ownRows(database, userId);
      const which = eq(storedSecrets.secretId, secretId);
      const secret = await rows.one(storedSecrets, { where: which });
      const removed = secret ? await rows.remove(storedSecrets, which) : 0;
      return secret && removed > 0 ? ok(labelOf(secret)) : notFound('secret');
    },

    async open(database, userId, secretId) {
      const secret = await ownRows(database, userId).one(storedSecrets, {
        where: eq(storedSecrets.secretId, secretId),
      });
      if (!secret) return notFound('secret');
      return ok(vault.open(secret.sealedValue, placeOf('storedSecret', { userId, row: secretId })));
    },
  };
}

function labelOf(row: typeof storedSecrets.$inferSelect): SecretLabel {
  const { secretId, kind, name, createdMs, changedMs } = row;
  return { secretId, kind, name, createdMs, changedMs };
}

function notFound(what: 'account' | 'secret'): Result<never, NotFound> {
  return fail({ code: 'account.not-found', detail: `There is no such ${what}.` });
}

function tooMany(): Result<never, Failure<'account.too-many'>> {
  const detail = `An account keeps at most ${mostSecrets} secrets.`;
  return fail({ code: 'account.too-many', detail, figures: { most: mostSecrets } });
}

function tooLarge(): Result<never, Failure<'server.request-too-large'>> {
  const detail = `A secret has at most ${longestSecretBytes} bytes.`;
  return fail({ code: 'server.request-too-large', detail });
}
