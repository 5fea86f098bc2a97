/** Why the broker refused an order of a strategy in code, for the log that its writer reads. */
import type { OrderRefusal } from '#core/execution/order-desk.ts';

export const refusalWords: Readonly<Record<OrderRefusal, string>> = {
  'side-invalid': 'an order buys or sells',
  'volume-invalid': 'its units cannot be traded',
  'price-invalid': 'its price or its expiry is no number above 0',
  'stop-invalid': 'its stop is not on the losing side of its price',
  'target-invalid': 'its target is not on the winning side of its price',
  'care-invalid': 'what is to become of the position later cannot be',
  'market-unknown': 'it names no instrument of the run',
  'too-many-orders': 'too many orders wait already',
};
