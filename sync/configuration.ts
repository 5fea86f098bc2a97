/** The environment, read once and checked; everything else is handed what it needs of it. */
import type { BlockList } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { CallLimits } from '#core/identity/limit-classes.ts';
import { ok, type Result } from '#core/result.ts';
import { readProxies } from './limits/client-address.ts';
import { readLimits } from './limits/settings.ts';
import { isLoopback } from './loopback.ts';
import { mailVariableNames, readMailSettings, type MailSettings } from './mail/settings.ts';
import { marketSettings, marketShape, type MarketSettings } from './market/settings.ts';
import { opsSettings, opsShape, type OpsSettings } from './ops/settings.ts';
import { refuse, type Refusal } from './refusal.ts';
import { roomsSettings, roomsShape, type RoomsSettings } from './rooms/settings.ts';

export interface Configuration {
  readonly host: string;
  readonly port: number;
  /** Whether PORT was set: then no other port is taken in its place without asking. */
  readonly portGiven: boolean;
  /** The origin people type, `https://offing.example`; null = the address listened on. */
  readonly publicOrigin: string | null;
  readonly dataFolder: string;
  /** Replaces the embedded Postgres. */
  readonly databaseUrl: string | null;
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  /** Replaces the secret kept in the data folder. */
  readonly secret: string | null;
  readonly metricsToken: string | null;
  readonly logLevel: LogLevel;
  readonly pagesFolder: string;
  /** Whose `X-Forwarded-For` is believed. */
  readonly proxies: BlockList;
  readonly limits: CallLimits;
  /** What an account may keep of what its devices share. */
  readonly quotaBytes: number;
  readonly mail: MailSettings;
  /** Sources of market data outside, none unless they are named. */
  readonly market: MarketSettings;
  readonly ops: OpsSettings;
  readonly rooms: RoomsSettings;
  /** Whether the server runs simulated accounts of its own. */
  readonly paperIsOffered: boolean;
  /** Replaces the vault's keys kept in the data folder. */
  readonly vaultKeys: string | null;
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const usualQuotaMb = 2_000;

const weakWords = /change.?me|password|secret|default|example|12345/i;

const strong = (name: string) =>
  z
    .string()
    .min(32, `${name} must have at least 32 characters.`)
    .refine(
      (text) => new Set(text).size >= 10 && !weakWords.test(text),
      `${name} is easy to guess; leave it out, or make one with: openssl rand -hex 32`,
    )
    .optional();

const file = z.string().optional();

const environmentShape = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'PORT must be a whole number from 0 to 65535.')
    .transform(Number)
    .refine((port) => port <= 65_535, 'PORT must be a whole number from 0 to 65535.')
    .optional(),
  OFFING_HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]{1,253}$/, 'OFFING_HOST must be a host name or an address.')
    .optional(),
  OFFING_PUBLIC_URL: z
    .string()
    .refine(
      (text) => originOf(text) !== null,
      'OFFING_PUBLIC_URL must be an origin such as https://offing.example, without a path.',
    )
    .optional(),
  OFFING_DATA: file,
  DATABASE_URL: z
    .string()
    .refine(
      (text) => /^postgres(ql)?:$/.test(parseUrl(text)?.protocol ?? ''),
      'DATABASE_URL must start with postgres:// and name a server.',
    )
    .optional(),
  OFFING_TLS_CERT: file,
  OFFING_TLS_KEY: file,
  OFFING_SECRET: strong('OFFING_SECRET'),
  OFFING_METRICS_TOKEN: strong('OFFING_METRICS_TOKEN'),
  OFFING_LOG_LEVEL: z
    .enum(logLevels, `OFFING_LOG_LEVEL must be one of ${logLevels.join(', ')}.`)
    .optional(),
  OFFING_PAGES: file,
  OFFING_PROXIES: z.string().optional(),
  OFFING_LIMITS: z.string().optional(),
  OFFING_QUOTA_MB: z
    .string()
    .regex(/^[1-9]\d{0,6}$/, 'OFFING_QUOTA_MB must be a whole number of megabytes from 1.')
    .transform(Number)
    .optional(),
  OFFING_VAULT_KEYS: z.string().optional(),
  OFFING_PAPER: z.enum(['on', 'off'], 'OFFING_PAPER must be on or off.').optional(),
  ...marketShape,
  ...opsShape,
  ...roomsShape,
  OFFING_ROOMS_SECRET: strong('OFFING_ROOMS_SECRET'),
});

/**
 * The checked configuration, or the first reason not to start with it.
 *
 * An empty variable counts as unset. Relative paths start at `workingFolder`; the defaults lie
 * in `projectFolder`. No secret value is ever quoted in a refusal.
 */
export function readConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
  folders: { readonly projectFolder: string; readonly workingFolder: string },
): Result<Configuration, Refusal> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value));
  const parsed = environmentShape.safeParse(given);
  if (!parsed.success) return refuse(parsed.error.issues[0]!.message);
  const env = parsed.data;
  const path = (text: string) => resolve(folders.workingFolder, text);

  const cert = env.OFFING_TLS_CERT;
  const key = env.OFFING_TLS_KEY;
  if ((cert === undefined) !== (key === undefined)) {
    return refuse('OFFING_TLS_CERT and OFFING_TLS_KEY must be set together.');
  }
  const proxies = readProxies(env.OFFING_PROXIES);
  if (!proxies.ok) return proxies;
  const limits = readLimits(env.OFFING_LIMITS);
  if (!limits.ok) return limits;
  const mail = readMailSettings(given);
  if (!mail.ok) return mail;
  const market = marketSettings(env);
  if (!market.ok) return market;
  const rooms = roomsSettings(env);
  if (!rooms.ok) return rooms;
  const configuration: Configuration = {
    host: env.OFFING_HOST ?? '127.0.0.1',
    port: env.PORT ?? 5170,
    portGiven: env.PORT !== undefined,
    publicOrigin: env.OFFING_PUBLIC_URL === undefined ? null : originOf(env.OFFING_PUBLIC_URL),
    dataFolder: env.OFFING_DATA ? path(env.OFFING_DATA) : join(folders.projectFolder, '.offing'),
    databaseUrl: env.DATABASE_URL ?? null,
    tls: cert && key ? { certFile: path(cert), keyFile: path(key) } : null,
    secret: env.OFFING_SECRET ?? null,
    metricsToken: env.OFFING_METRICS_TOKEN ?? null,
    logLevel: env.OFFING_LOG_LEVEL ?? 'info',
    pagesFolder: env.OFFING_PAGES ? path(env.OFFING_PAGES) : join(folders.projectFolder, 'build'),
    proxies: proxies.value,
    limits: limits.value,
    quotaBytes: (env.OFFING_QUOTA_MB ?? usualQuotaMb) * 1_000_000,
    mail: mail.value,
    market: market.value,
    ops: opsSettings(env),
    rooms: rooms.value,
    paperIsOffered: env.OFFING_PAPER !== 'off',
    vaultKeys: env.OFFING_VAULT_KEYS ?? null,
  };
  return checkExposure(configuration);
}

/** Names of `OFFING_…` variables that mean nothing here: most likely a slip of the pen. */
export function unknownSettings(environment: Readonly<Record<string, string | undefined>>) {
  return Object.keys(environment).filter(
    (name) =>
      name.startsWith('OFFING_') &&
      !(name in environmentShape.shape) &&
      !mailVariableNames.includes(name),
  );
}

function checkExposure(configuration: Configuration): Result<Configuration, Refusal> {
  const { host, publicOrigin, tls } = configuration;
  const publicUrl = publicOrigin === null ? null : new URL(publicOrigin);
  const encrypted = publicUrl?.protocol === 'https:';
  if (!isLoopback(host) && !publicUrl) {
    return refuse(
      `OFFING_HOST ${host} is reachable from other machines: set OFFING_PUBLIC_URL to the https address people use.`,
    );
  }
  if (publicUrl && !encrypted && (tls || !isLoopback(host) || !isLoopback(publicUrl.hostname))) {
    return refuse(
      'OFFING_PUBLIC_URL must start with https:// here: passwords and data would cross the network in the open.',
    );
  }
  return ok(configuration);
}

function originOf(text: string): string | null {
  const url = parseUrl(text);
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname) return null;
  const bare = url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
  return bare ? url.origin : null;
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
