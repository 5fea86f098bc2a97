import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { opsSettings, opsShape } from './settings.ts';

const shape = z.object(opsShape);
const refused = (environment: Record<string, string>) => !shape.safeParse(environment).success;

describe('where errors and traces go', () => {
  it('is nowhere unless it is set', () => {
    expect(opsSettings(shape.parse({}))).toEqual({
      sentryDsn: null,
      sentrySampleRatio: 1,
      otlpEndpoint: null,
      traceSampleRatio: 0.1,
      environmentName: 'production',
    });
  });

  it('is where the environment says', () => {
    const environment = {
      OFFING_SENTRY_DSN: 'https://abc@errors.example/42',
      OFFING_SENTRY_SAMPLE: '0.5',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      OFFING_TRACE_SAMPLE: '1',
      OFFING_ENVIRONMENT: 'staging',
    };
    expect(opsSettings(shape.parse(environment))).toEqual({
      sentryDsn: 'https://abc@errors.example/42',
      sentrySampleRatio: 0.5,
      otlpEndpoint: 'http://collector:4318',
      traceSampleRatio: 1,
      environmentName: 'staging',
    });
  });

  it('is never in the open beyond this machine, and never a guess', () => {
    expect(refused({ OFFING_SENTRY_DSN: 'http://abc@errors.example/42' })).toBe(true);
    expect(refused({ OFFING_SENTRY_DSN: 'http://abc@127.0.0.1:9000/42' })).toBe(false);
    expect(refused({ OFFING_SENTRY_DSN: 'https://errors.example/42' })).toBe(true);
    expect(refused({ OFFING_TRACE_SAMPLE: '2' })).toBe(true);
    expect(refused({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' })).toBe(true);
  });
});
