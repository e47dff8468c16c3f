import type { SuitePart } from '../contract/suite-part.ts';
import { failure } from '../core/errors.ts';
import type { Made } from '../experiment/arms.ts';
import { codeToSee, type Unseen, unseenChange } from '../experiment/sees-change.ts';
import type { RepoSetup } from '../experiment/setup.ts';
import { commandsOf } from '../experiment/suite.ts';
import { unseenTexts } from '../report/unseen.ts';

/** Finds out which benchmarks of a suite run changed code. */
export type Sight = {
  /**
   * Executes every command of the suite once in the head, untimed, and records which lines of code the command runs. Null if no
   * changed line can appear in coverage.
   */
  tryOut: ((arm: Made) => Promise<void>) | null;
  /**
   * All changed code, if a benchmark runs none of the changed lines. Null if the benchmark runs a changed line, or if it is unknown which
   * lines the benchmark runs.
   */
  unseenBy(benchmark: string): Unseen[] | null;
};

/** `touched`: the path of each changed file, with the numbers of its changed lines. */
export function sightOf(setup: RepoSetup, touched: ReadonlyMap<string, readonly number[]>, part: SuitePart): Sight {
  const { contract, world } = setup;
  const code = codeToSee(contract, touched);
  const found = new Map<string | null, Unseen[] | null>();
  const tryOut = async (arm: Made) => {
    for (const { name, contract: own } of commandsOf(contract, part)) {
      found.set(name, await unseenChange({ ...setup, contract: own }, arm, code));
      if (world.signal.aborted) throw failure('interrupted');
    }
    const named = [...found].map(([name, unseen]) => ({ name: name ?? 'the command', unseen }));
    for (const text of unseenTexts(named))
      world.notify({ kind: 'note', text: `Before anything is measured: ${text}.` });
  };
  return {
    tryOut: code.length > 0 ? tryOut : null,
    unseenBy: (benchmark) => found.get(benchmark) ?? found.get(null) ?? null,
  };
}
