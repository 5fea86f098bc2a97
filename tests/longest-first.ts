/** The order of the test files: those that take long begin first, so that no core idles at the end. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What took more than ten seconds on two cores, longest first; the rest go by their size. */
const long = [
  'tests/accounts/killed.pg.test.ts',
  'tests/automation/bots.pg.test.ts',
  'tests/mt5/orders.pg.test.ts',
  'tests/mt5/server.pg.test.ts',
  'tests/orders-killed/lives.pg.test.ts',
  'tests/server-start.pg.test.ts',
  'tests/alerts/killed.pg.test.ts',
  'sync/mail/delivery.pg.test.ts',
  'tests/accounts/router-walk.pg.test.ts',
  'tests/orders-killed/points.pg.test.ts',
  'tests/alerts/alerts.pg.test.ts',
  'sync/jobs/jobs.pg.test.ts',
  'tests/server-killed.pg.test.ts',
  'sync/audit/anchor.pg.test.ts',
  'tests/accounts/limits.pg.test.ts',
  'tests/accounts/hostile-calls.pg.test.ts',
  'tests/accounts/persistence.pg.test.ts',
  'sync/vault/vault-command.pg.test.ts',
  'tests/automation/killed.pg.test.ts',
  'tests/replication/servers.pg.test.ts',
  'tests/orders-killed/once.pg.test.ts',
  'tests/server-database.pg.test.ts',
  'tests/server-end.pg.test.ts',
  'workers/kernel/kernel.property.test.ts',
  'tests/security/code-escape.test.ts',
  'tests/simulation-orders/simulation-orders.test.ts',
  'tests/simulation/simulation.test.ts',
  'workers/backtest/code-engine.test.ts',
  'workers/kernel/skim-engine.property.test.ts',
  'core/execution/broker/broker.property.test.ts',
  'workers/backtest/backtest.command.test.ts',
  'workers/import/wasm-rows.property.test.ts',
  'core/indicators/registry.property.test.ts',
  'core/rules/rules.property.test.ts',
];

function place({ moduleId }: TestSpecification): number {
  const found = long.findIndex((path) => moduleId.endsWith(path));
  return found === -1 ? long.length : found;
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
