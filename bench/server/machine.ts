/** How busy the whole machine is, whoever makes it so: a figure taken while it is full is noise. */
import { cpus } from 'node:os';

/** Starts to measure; the answer is how many cores were busy since, all programs together. */
export function watchMachine(): () => { readonly busyCores: number; readonly cores: number } {
  const before = times();
  return () => {
    const after = times();
    const share = (after.busy - before.busy) / (after.all - before.all);
    return { busyCores: share * cpus().length, cores: cpus().length };
  };
}

function times(): { readonly busy: number; readonly all: number } {
  let busy = 0;
  let all = 0;
  for (const { times: core } of cpus()) {
    busy += core.user + core.nice + core.sys + core.irq;
    all += core.user + core.nice + core.sys + core.irq + core.idle;
  }
  return { busy, all };
}
