/**
 * Traces of calls and jobs, sent by OpenTelemetry where an operator wants them.
 *
 * A span says what ran, for how long and how it ended; of what it was given it says nothing.
 * There is no global state: spans nest through a store of this file, and what a client says of a
 * trace of its own is not taken over.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '@opentelemetry/api';

export interface SpanAttributes {
  readonly requestId: string;
  readonly procedure?: string;
  readonly job?: string;
}

export interface Tracing {
  /** What `run` answers; `end` notes how it ended, `failed` where it threw. */
  span<T>(
    name: string,
    attributes: SpanAttributes,
    run: (end: (outcome: string) => void) => Promise<T>,
  ): Promise<T>;
  /** Sends what waits, for up to two seconds. */
  close(): Promise<void>;
}

export interface TracingOptions {
  /** An OTLP collector's address, without `/v1/traces`; null for none. */
  readonly endpoint: string | null;
  /** The share of calls and jobs to be traced, 0 to 1. */
  readonly sampleRatio: number;
  readonly release: string;
  readonly environmentName: string;
}

const longestExportMs = 5_000;
const flushMs = 2_000;

export async function createTracing(options: TracingOptions): Promise<Tracing> {
  const { endpoint, sampleRatio, release, environmentName } = options;
  if (endpoint === null) {
    return {
      span: (_name, _attributes, run) => run(() => undefined),
      close: async () => undefined,
    };
  }
  // Loaded only where they are wanted: they are large.
  const { ROOT_CONTEXT, SpanStatusCode, trace } = await import('@opentelemetry/api');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider } =
    await import('@opentelemetry/sdk-trace');
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    timeoutMillis: longestExportMs,
  });
  const provider = new TracerProvider({
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
    spanProcessors: [new BatchSpanProcessor({ exporter, exportTimeoutMillis: longestExportMs })],
  });
  const tracer = provider.getTracer('offing', release);
  const surrounding = new AsyncLocalStorage<Context>();
  return {
    async span(name, attributes, run) {
      const parent = surrounding.getStore() ?? ROOT_CONTEXT;
      const named = { ...attributes, 'deployment.environment.name': environmentName };
      const span = tracer.startSpan(name, { attributes: named }, parent);
      let isNoted = false;
      const end = (outcome: string) => {
        isNoted = true;
        span.setAttribute('outcome', outcome);
        if (outcome !== 'ok') span.setStatus({ code: SpanStatusCode.ERROR });
      };
      try {
        return await surrounding.run(trace.setSpan(parent, span), () => run(end));
      } catch (error) {
        // The error itself is not noted: its message may hold what a span must not.
        if (!isNoted) end('failed');
        throw error;
      } finally {
        span.end();
      }
    },
    async close() {
      const sent = provider.shutdown().catch(() => undefined);
      await Promise.race([sent, pause(flushMs, undefined, { ref: false })]);
    },
  };
}
