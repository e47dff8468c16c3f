/**
 * A simulated machine. `next`: the log factor of the next execution's time. `rest`: lets the time of 200 executions pass, such as for an edit.
 * `bias`: the log bias of the candidate in a new session (from its memory layout). One machine is one stretch of time: all measurements on it
 * follow one another.
 */
export type Machine = { next(): number; rest(): void; bias?(): number };

/** A kind of machine; `make` creates one from random numbers. */
export type MachineKind = { name: string; make(random: () => number): Machine };

const restTime = 200;

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** A machine with independent executions. */
const independent = (name: string, draw: (random: () => number) => number): MachineKind => ({
  name,
  make: (random) => ({ next: () => draw(random), rest() {} }),
});

export const gaussian = (pct: number): MachineKind =>
  independent(`independent, σ ${pct} %`, (random) => (pct / 100) * normal(random));

/** AR(1): drift of 5 % with a memory of about twenty executions, plus 2 % of independent noise. */
const wandering: MachineKind = {
  name: 'AR(1) drift, 5 %',
  make(random) {
    const memory = 0.95;
    let level = 0.05 * normal(random);
    return {
      next() {
        level = memory * level + 0.05 * Math.sqrt(1 - memory ** 2) * normal(random);
        return level + 0.02 * normal(random);
      },
      rest() {
        level = 0.05 * normal(random);
      },
    };
  },
};

/** A machine that heats up or cools down: 0.1 % per execution, also during rests. */
const trending: MachineKind = {
  name: 'trend, 0.1 % a run',
  make(random) {
    const step = random() < 0.5 ? 0.001 : -0.001;
    let time = 0;
    return {
      next: () => step * time++ + 0.02 * normal(random),
      rest() {
        time += restTime;
      },
    };
  },
};

/** A machine on which the newly made arms of every session differ by a normal bias of this size. */
export const biased = (pct: number, sessionPct: number): MachineKind => ({
  name: `σ ${pct} %, session bias ${sessionPct} %`,
  make: (random) => ({
    next: () => (pct / 100) * normal(random),
    rest() {},
    bias: () => (sessionPct / 100) * normal(random),
  }),
});

const delayed = independent(
  'outliers, 1 in 10',
  (random) => 0.03 * normal(random) + (random() < 0.1 ? Math.log(1 - 0.3 * Math.log(1 - random())) : 0),
);
const bimodal = independent(
  'two modes, 15 % apart',
  (random) => 0.02 * normal(random) + (random() < 0.3 ? Math.log(1.15) : 0),
);
/** Student's t with two degrees of freedom: its variance is infinite. */
const heavyTailed = independent('heavy tail (t, 2 df)', (random) => {
  const chiSquared = -2 * Math.log(1 - random());
  return 0.02 * (normal(random) / Math.sqrt(chiSquared / 2));
});

/** Machines with independent noise, by its size. */
export const quietMachines: readonly MachineKind[] = [1, 2, 5].map(gaussian);
/** Machines with other disturbances, or with noise of 10 %. */
export const rudeMachines: readonly MachineKind[] = [gaussian(10), wandering, trending, delayed, bimodal, heavyTailed];
