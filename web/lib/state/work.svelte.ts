/**
 * The long jobs now running in this tab, so that an update or a closing tab can wait for them
 * and the status bar can name them. Whoever starts a job calls `work.begin`, then `end`.
 */

export interface Job {
  readonly id: string;
  label: string;
  /** 0 … 1, null = not known. */
  ratio: number | null;
  /** Where the job can be watched. */
  readonly href: string;
  readonly startedMs: number;
}

class Work {
  readonly jobs = $state<Job[]>([]);

  get busy(): boolean {
    return this.jobs.length > 0;
  }
  begin(id: string, label: string, href: string): void {
    this.jobs.push({ id, label, href, ratio: null, startedMs: Date.now() });
  }
  progress(id: string, ratio: number | null): void {
    const job = this.jobs.find((each) => each.id === id);
    if (job) job.ratio = ratio;
  }
  end(id: string): void {
    const at = this.jobs.findIndex((each) => each.id === id);
    if (at >= 0) this.jobs.splice(at, 1);
  }
}

export const work = new Work();
