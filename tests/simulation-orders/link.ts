/** A connection between connector and server: ordered, slow, and cut at any time. */
import type { ConnectorMessage, ServerMessage } from '#core/broker/messages.ts';
import type { Chance } from '../simulation/chance.ts';
import type { Faults } from './faults.ts';
import type { VirtualTime } from './time.ts';

export type End = 'server' | 'connector';

export interface Connection {
  toServer(message: ConnectorMessage): void;
  toConnector(message: ServerMessage): void;
  /** What is under way is lost, each way; those of `told` notice soon, others by silence alone. */
  cut(told: readonly End[]): void;
  /** One end hangs up: what it said before arrives yet. */
  hangUp(by: End): void;
  readonly isCut: boolean;
}

export interface ConnectionEnds {
  atServer(message: ConnectorMessage): void;
  atConnector(message: ServerMessage): void;
  gone(end: End): void;
}

export interface ConnectionParts {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly faults: Faults;
}

const mostLatencyMs = 40;
const mostStallMs = 25_000;

export function openConnection(
  { time, chance, faults }: ConnectionParts,
  ends: ConnectionEnds,
): Connection {
  let isCut = false;
  const closed = new Set<End>();
  const lastMs = { server: 0, connector: 0 };
  const carry = (to: End, deliver: () => void) => {
    if (isCut) return;
    const stallMs = faults.happens('stall') ? chance.below(mostStallMs) : 0;
    const atMs = Math.max(lastMs[to], time.nowMs() + 1 + chance.below(mostLatencyMs) + stallMs);
    lastMs[to] = atMs;
    time.after(atMs - time.nowMs(), () => {
      if (!isCut && !closed.has(to)) deliver();
    });
  };
  const tell = (end: End) => {
    if (closed.has(end)) return;
    closed.add(end);
    ends.gone(end);
  };
  return {
    toServer: (message) => carry('server', () => ends.atServer(message)),
    toConnector: (message) => carry('connector', () => ends.atConnector(message)),
    cut(told) {
      if (isCut) return;
      isCut = true;
      for (const end of told) time.after(chance.below(1_000), () => tell(end));
    },
    hangUp(by) {
      if (closed.has(by)) return;
      closed.add(by);
      const other = by === 'server' ? 'connector' : 'server';
      carry(other, () => tell(other));
    },
    get isCut() {
      return isCut;
    },
  };
}
