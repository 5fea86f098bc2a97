/** Writes every file that is made from the sources; a test fails when one of them is stale. */
import { execFileSync } from 'node:child_process';

// In turn and apart: the reference is drawn with the parser that was just written.
for (const script of [
  'generate-parser.ts',
  'generate-rules-reference.ts',
  'generate-kernel.ts',
  'generate-modules.ts',
]) {
  execFileSync(process.execPath, [`${import.meta.dirname}/${script}`], { stdio: 'inherit' });
}
