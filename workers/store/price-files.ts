/** What the account's other devices are told of the price series that lie on this one. */
import { deviceWords } from '#core/identity/device-words.ts';
import type { PriceFile } from '#core/collections/price-file.ts';
import type { PriceSeries } from '#core/collections/price-series.ts';
import type { Database } from './database.ts';
import type { Change, Write } from './writing.ts';
import { writing } from './writing.ts';

const key = 'device';
const mostFiles = 1_000;

interface Device {
  /** Made once, and told to nobody as what it is. */
  readonly id: string;
  readonly name: string;
}

const idOf = (seriesId: string, device: Device) => `${seriesId} ${device.id}`;

/** This device, as it is known from its first series on. Only within a transaction. */
async function deviceOf({ replicaMeta }: Database): Promise<Device> {
  const known = (await replicaMeta.get(key))?.value as Device | undefined;
  if (known) return known;
  const id = crypto.randomUUID().slice(0, 13);
  const device: Device = { id, name: deviceWords(navigator.userAgent) };
  await replicaMeta.put({ key, value: device });
  return device;
}

/** Those that others told of: its own rows are made of its series. Only within a transaction. */
export async function priceFilesOfOthers(database: Database): Promise<readonly PriceFile[]> {
  const own = (await database.replicaMeta.get(key))?.value as Device | undefined;
  const all = await database.priceFiles.toArray();
  return own ? all.filter(({ id, seriesId }) => id !== idOf(seriesId, own)) : all;
}

/** Only within `writing` on `priceFiles`. */
export async function notePriceFile(
  database: Database,
  write: Write,
  series: PriceSeries,
): Promise<void> {
  await write(changesFor(series, await deviceOf(database)));
}

function changesFor(series: PriceSeries, device: Device): Change[] {
  const { id: seriesId, bars, firstMs, lastMs, sources } = series;
  const files = sources.map(({ fileName, importedMs }) => ({ fileName, importedMs }));
  const fields = {
    ...{ seriesId, device: device.name, bars, firstMs, lastMs },
    files: files.slice(-mostFiles),
  };
  const row = { collection: 'priceFiles', id: idOf(seriesId, device) };
  return [
    { kind: 'restore', ...row },
    { kind: 'put', ...row, fields },
  ];
}

/** Only within `writing` on `priceFiles`. */
export async function dropPriceFile(
  database: Database,
  write: Write,
  seriesId: string,
): Promise<void> {
  const id = idOf(seriesId, await deviceOf(database));
  await write([{ kind: 'remove', collection: 'priceFiles', id }]);
}

/** Of all series here, those imported before there was such a list among them. */
export async function notePriceFiles(database: Database): Promise<void> {
  await writing(
    { database, collections: ['priceFiles'], also: [database.series] },
    async (write) => {
      const device = await deviceOf(database);
      const all = await database.series.toArray();
      await write(all.flatMap((series) => changesFor(series, device)));
    },
  );
}
