/** Whether the columns of a file, as they are mapped, make bars or ticks. */
import type { Failure } from '#core/errors.ts';
import type { ColumnRole } from './api.ts';

const prices: readonly ColumnRole[] = ['open', 'high', 'low', 'close'];
const asks: readonly ColumnRole[] = ['askOpen', 'askHigh', 'askLow', 'askClose'];
const ofTicks: readonly ColumnRole[] = ['bid', 'ask'];

/** Whether rows are single quotes. */
export function holdsTicks(roles: readonly ColumnRole[]): boolean {
  return roles.some((role) => ofTicks.includes(role));
}

/** What is missing or twice, as `import.mapping-invalid`; null when nothing is. */
export function faultOfRoles(roles: readonly ColumnRole[]): Failure | null {
  const count = (role: ColumnRole) => roles.filter((other) => other === role).length;
  const invalid = (detail: string): Failure => ({ code: 'import.mapping-invalid', detail });
  const twice = roles.find((role) => role !== 'ignore' && count(role) > 1);
  if (twice !== undefined) return invalid(`Two columns are the ${twice}.`);
  if (count('time') + count('date') !== 1) return invalid('One column must be the time.');
  if (count('time') === 1 && count('timeOfDay') === 1) {
    return invalid('A time of day needs a date beside it, not a whole time.');
  }
  if (holdsTicks(roles)) {
    if ([...prices, ...asks].some((role) => count(role) > 0)) {
      return invalid('A row is either a tick with a bid or a bar with an open.');
    }
    return count('bid') === 1 ? null : invalid('No column is the bid.');
  }
  const missing = prices.find((role) => count(role) === 0);
  if (missing !== undefined) return invalid(`No column is the ${missing}.`);
  const askCount = asks.filter((role) => count(role) === 1).length;
  return askCount === 0 || askCount === 4 ? null : invalid('The ask needs all four prices.');
}
