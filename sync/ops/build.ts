/** Which Offing this is: the version of the product and the build of its pages. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

export interface Build {
  readonly productVersion: string;
  /** Kit's name for the build of the pages. */
  readonly buildId: string;
}

const versionShape = z.object({ version: z.string() });

/** Throws when package.json cannot be read: then nothing here can be trusted. */
export async function readBuild(projectFolder: string, pagesFolder: string): Promise<Build> {
  return {
    productVersion: await versionIn(join(projectFolder, 'package.json')),
    buildId: await versionIn(join(pagesFolder, '_app', 'version.json')).catch(() => 'unknown'),
  };
}

async function versionIn(file: string): Promise<string> {
  return versionShape.parse(JSON.parse(await readFile(file, 'utf8'))).version;
}
