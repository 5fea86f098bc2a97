/** What the next search will be, kept while other pages are open; rules and prices are the lab's. */
import { firstForm, type AxisForm, type SweepForm } from '#lib/optimise/sweep-form.ts';

class SweepSetup {
  form = $state<SweepForm>({ ...firstForm });
  /** Ranges the trader changed, by input. */
  axes = $state.raw<Readonly<Record<string, AxisForm>>>({});

  changeAxis(name: string, axis: AxisForm): void {
    this.axes = { ...this.axes, [name]: axis };
  }
}

export const sweepSetup = new SweepSetup();
