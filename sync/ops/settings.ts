/** The part of the environment that says where errors and traces go: nowhere unless it is set. */
import { z } from 'zod';
import { isLoopback } from '../loopback.ts';

export interface OpsSettings {
  /** Where errors are reported to, in Sentry's form. */
  readonly sentryDsn: string | null;
  /** The share of errors that is reported. */
  readonly sentrySampleRatio: number;
  /** Where traces go, without `/v1/traces`. */
  readonly otlpEndpoint: string | null;
  /** The share of calls that is traced. */
  readonly traceSampleRatio: number;
  /** Tells one installation's reports and traces from another's. */
  readonly environmentName: string;
}

const ratio = (name: string) =>
  z
    .string()
    .regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, `${name} must be a number from 0 to 1.`)
    .transform(Number)
    .optional();

/** To be spread into the shape of the whole environment. */
export const opsShape = {
  OFFING_SENTRY_DSN: z
    .string()
    .refine(
      isDsn,
      'OFFING_SENTRY_DSN must be such as https://KEY@host/PROJECT; plain http on loopback only.',
    )
    .optional(),
  OFFING_SENTRY_SAMPLE: ratio('OFFING_SENTRY_SAMPLE'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .refine(
      (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
      'OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https address.',
    )
    .optional(),
  OFFING_TRACE_SAMPLE: ratio('OFFING_TRACE_SAMPLE'),
  OFFING_ENVIRONMENT: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'OFFING_ENVIRONMENT must be small letters, digits and dashes.')
    .optional(),
};

type OpsEnvironment = z.infer<z.ZodObject<typeof opsShape>>;

export function opsSettings(environment: OpsEnvironment): OpsSettings {
  return {
    sentryDsn: environment.OFFING_SENTRY_DSN ?? null,
    sentrySampleRatio: environment.OFFING_SENTRY_SAMPLE ?? 1,
    otlpEndpoint: environment.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    traceSampleRatio: environment.OFFING_TRACE_SAMPLE ?? 0.1,
    environmentName: environment.OFFING_ENVIRONMENT ?? 'production',
  };
}

/** The key in it would cross the network in the open over plain http. */
function isDsn(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, pathname } = new URL(text);
  const safe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  return safe && /^\w+$/.test(username) && /\/\d+$/.test(pathname);
}
