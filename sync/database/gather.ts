/**
 * Asks the database once for what many ask it at the same time.
 *
 * While one question is under way, those that arrive wait and go together in the next, so that
 * a crowd costs few statements and a lone caller waits for nobody.
 */

/** Answers each key by `load`, which is handed the keys in the order in which they came. */
export function gather<Key, Value>(
  load: (keys: readonly Key[]) => Promise<readonly Value[]>,
  most: number,
): (key: Key) => Promise<Value> {
  interface Waiting {
    readonly key: Key;
    readonly resolve: (value: Value) => void;
    readonly reject: (error: unknown) => void;
  }
  const waiting: Waiting[] = [];
  let busy = 0;

  async function run(): Promise<void> {
    const batch = waiting.splice(0, most);
    busy++;
    try {
      const values = await load(batch.map(({ key }) => key));
      batch.forEach(({ resolve }, index) => resolve(values[index] as Value));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      busy--;
      if (waiting.length > 0) void run();
    }
  }

  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      // Those of the same turn of the loop go together.
      if (busy === 0 && waiting.length === 1) {
        queueMicrotask(() => {
          if (busy === 0) void run();
        });
      }
    });
}
