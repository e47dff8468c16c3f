/** A command line in three parts: the steps that install, the steps that build, and the rest, which is timed. */
export type Separated = { setup: string | null; build: string | null; timed: string };

const builds =
  /^(npx\s+|\S*node_modules\/\.bin\/)?(tsc|rollup|webpack|esbuild|rolldown|parcel|swc|babel|bundt|microbundle|tsup|tsdown|unbuild|gulp|grunt|vite build|next build|make|g?make\b.*|cmake|ninja|meson|(g?cc|g\+\+|c\+\+|clang(\+\+)?|rustc)(-\d+)?|cargo build|go build|go test\b.*\s-c|python[\d.]*\s+setup\.py\s+build\w*|cython|maturin)(\s|$)|^(npm|pnpm|yarn|bun)\s+(run(-script)?\s+)?(build|compile|bundle|transpile|prebuild)([:_-]\S*)?(\s|$)/;

const installs =
  /^(npm\s+(i|ci|install)|pnpm\s+(i|install)|yarn(\s+install)?|bun\s+(i|install)|(python[\d.]*\s+-m\s+)?pip[\d.]*\s+install|uv\s+(sync|pip\s+install)|poetry\s+install|pipenv\s+(sync|install)|bundle\s+install|go\s+mod\s+download|cargo\s+fetch)(\s|$)/;

/** Matches steps such as `cd`, which change the shell for all later steps. */
const carried = /^(cd|export|set|source|\.|ulimit|umask)(\s|$)/;

/** Whether the step compiles or bundles. */
export const isBuild = (step: string): boolean => builds.test(bare(step));

/** The step without the assignments before its program. */
const bare = (step: string) => step.replace(/^\s*(cross-env\s+)?((\w+)=("[^"]*"|'[^']*'|\S*)\s+)*/, '');

/** The steps between `&&`. An `&&` in quotes does not separate steps. A text that also has `;`, `|`, `||` or a sub-shell is one step. */
function stepsOf(line: string): string[] {
  const outside = line.replace(/'[^']*'|"(?:\\.|[^"\\])*"/g, (quoted) => '_'.repeat(quoted.length));
  if (/[;\n()`]|\|/.test(outside) || /(^|[^&])&([^&]|$)/.test(outside)) return [line.trim()];
  const steps: string[] = [];
  let from = 0;
  for (const { index } of outside.matchAll(/&&/g)) {
    steps.push(line.slice(from, index));
    from = index + 2;
  }
  return [...steps, line.slice(from)].map((step) => step.trim()).filter(Boolean);
}

/**
 * Removes the steps that install and build from the front of a line. `timed` is the rest. It is never empty, because a line that only
 * builds is timed as a whole. If the line begins with a `cd`, every part begins with this `cd` too.
 */
export function separate(line: string): Separated {
  const steps = stepsOf(line);
  const kept: string[] = [];
  const setup: string[] = [];
  const build: string[] = [];
  let left = steps;
  for (; left.length > 1; left = left.slice(1)) {
    const [step = ''] = left;
    if (carried.test(step)) kept.push(step);
    else if (installs.test(bare(step))) setup.push(step);
    else if (isBuild(step)) build.push(step);
    else break;
  }
  const joined = (part: string[]) => (part.length > 0 ? [...kept, ...part].join(' && ') : null);
  const timed = [...kept, ...left].join(' && ');
  if (isBuild(left[0] ?? '') && left.length === 1) return { setup: joined(setup), build: null, timed: whole(steps) };
  return { setup: joined(setup), build: joined(build), timed };
}

const whole = (steps: readonly string[]) => steps.filter((step) => !installs.test(bare(step))).join(' && ');
