/** What a page may know of the server it talks to. */
import { z } from 'zod';
import { asCallError, bareProcedure, router } from '../trpc.ts';
import { inApi } from './in-api.ts';
import { aboutShape } from './outputs.ts';

export const system = router({
  /** Versions, clock and identity; `server.unavailable` while the database cannot be asked. */
  about: bareProcedure
    .meta(
      inApi({
        method: 'GET',
        path: '/about',
        summary: 'Versions, clock and identity of the server',
        tag: 'System',
      }),
    )
    .input(z.void())
    .output(aboutShape)
    .query(async ({ ctx }) => {
      const { build, database, nowMs } = ctx;
      if (!database) throw asCallError({ code: 'server.unavailable', detail: 'Still starting.' });
      const installation = await database.installation();
      if (!installation.ok) throw asCallError(installation.error);
      return {
        productVersion: build.productVersion,
        buildId: build.buildId,
        serverTimeMs: nowMs,
        schemaVersion: database.schemaVersion,
        serverId: installation.value.serverId,
        installedMs: installation.value.createdMs,
        starts: installation.value.starts,
      };
    }),
});
