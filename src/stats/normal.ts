/**
 * Standard normal distribution function, to about 1e-15, and to eight digits in the far tails. Hart (1968) as given by G. West, "Better
 * approximations to cumulative normal functions", Wilmott (2005). The package simple-statistics also has this function, but only as a
 * table, which ends at a tail probability of 0.001.
 */
export function normalCdf(z: number): number {
  const x = Math.abs(z);
  const tail = x > 37 ? 0 : Math.exp((-x * x) / 2) * (x < 7.07106781186547 ? rational(x) : fraction(x));
  return z > 0 ? 1 - tail : tail;
}

/** The z with `normalCdf(z) = p`, for p in (0, 1), by bisection. */
export function normalQuantile(p: number): number {
  let [low, high] = [-40, 40];
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const numerator = [
  220.206867912376, 221.213596169931, 112.079291497871, 33.912866078383, 6.37396220353165, 0.700383064443688,
  0.0352624965998911,
];
const denominator = [
  440.413735824752, 793.826512519948, 637.333633378831, 296.564248779674, 86.7807322029461, 16.064177579207,
  1.75566716318264, 0.0883883476483184,
];

const polynomial = (coefficients: number[], x: number) => coefficients.reduceRight((sum, c) => sum * x + c, 0);
const rational = (x: number) => polynomial(numerator, x) / polynomial(denominator, x);
const fraction = (x: number) => 1 / (x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))))) / 2.506628274631;
