/**
 * Tasks that take turns as a seed says: between two steps of one anything may happen elsewhere,
 * and it may never get to its next step.
 */
interface Waiting {
  readonly owner: string;
  resume(): void;
  fail(error: Error): void;
}

/** What is thrown into the tasks of a device that dies. */
export class Crash extends Error {}

/** Micro-tasks until what runs is taken to wait for a task that has its turn later. */
const patience = 3_000;
/** Far more than any run takes that comes to an end. */
const mostSteps = 50_000;

export class Schedule {
  private readonly pick: (count: number) => number;
  private waiting: Waiting[] = [];
  private isQuiet = true;
  private working = 0;
  private steps = 0;
  private failure: unknown = null;

  /** `pick` gives a whole number below `count`. */
  constructor(pick: (count: number) => number) {
    this.pick = pick;
  }

  get isIdle(): boolean {
    return this.waiting.length === 0;
  }

  /** Begins a task, as far as its first turn. A crash ends it; any other error ends the run. */
  start(task: () => Promise<void>): Promise<void> {
    return this.untilQuiet(() => {
      task()
        .catch((error: unknown) => {
          if (!(error instanceof Crash)) this.failure ??= error;
        })
        .finally(() => (this.isQuiet = true));
    });
  }

  /** Gives way to other tasks. */
  turn(owner: string): Promise<void> {
    return new Promise((resume, fail) => {
      this.waiting.push({ owner, resume, fail });
      this.isQuiet = true;
    });
  }

  /** Begins a task at some later turn. */
  startLater(owner: string, task: () => Promise<void>): void {
    const resume = () => void this.start(task).catch(() => undefined);
    this.waiting.push({ owner, resume, fail: () => (this.isQuiet = true) });
  }

  /** No other task goes on before this is done. */
  async whole<T>(act: () => Promise<T>): Promise<T> {
    this.working += 1;
    try {
      return await act();
    } finally {
      this.working -= 1;
    }
  }

  /** One waiting task goes on to its next turn. */
  async step(): Promise<void> {
    this.steps += 1;
    if (this.steps > mostSteps) throw new Error('it goes on for ever');
    const [next] = this.waiting.splice(this.pick(this.waiting.length), 1);
    if (next) await this.untilQuiet(() => next.resume());
  }

  async drain(): Promise<void> {
    while (!this.isIdle) await this.step();
  }

  /** Ends all tasks of an owner where they are. */
  async kill(owner: string): Promise<void> {
    for (;;) {
      const dying = this.waiting.filter((each) => each.owner === owner);
      if (dying.length === 0) return;
      this.waiting = this.waiting.filter((each) => each.owner !== owner);
      for (const each of dying) await this.untilQuiet(() => each.fail(new Crash()));
    }
  }

  private isDone(): boolean {
    return this.isQuiet && this.working === 0;
  }

  private async untilQuiet(act: () => void): Promise<void> {
    this.isQuiet = false;
    act();
    for (let n = 0; !this.isDone() && n < patience; n++) await null;
    if (this.failure) throw this.failure;
  }
}
