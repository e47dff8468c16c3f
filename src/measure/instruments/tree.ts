import { failure } from '../../core/errors.ts';
import { type Metric, needs } from '../sources/sources.ts';
import { type Instrument, type TreeMethod, treeMethods } from './instrument.ts';

/**
 * The instrument of a session. If a metric needs the memory of the process tree, the instrument also measures that memory. It uses the
 * method of the `earlier` samples, or without earlier samples the best method that works on this machine. If no metric needs this memory,
 * it is not measured, because the sampling slows the program.
 * @throws `tree_method_changed`: the method of the earlier samples does not work on this machine
 */
export async function withTree(
  instrument: Instrument,
  metrics: readonly Metric[],
  { earlier, env }: { earlier: readonly (TreeMethod | null)[]; env: Record<string, string> },
): Promise<Instrument> {
  if (!needs(metrics).some(({ figures }) => figures.includes('tree_rss_kb'))) return instrument;
  const [before] = earlier;
  const tree = await firstThatWorks(instrument, before ? [before] : treeMethods, env);
  const differing = earlier.find((method) => method !== tree);
  if (differing) throw failure('tree_method_changed', { before: differing });
  if (!tree) return instrument;
  return {
    ...instrument,
    tree,
    sees: [...instrument.sees, 'tree_rss_kb'],
    measure: (job, signal) => instrument.measure({ ...job, tree }, signal),
  };
}

/**
 * The first method that measures the memory of a real program. The methods are tried, because only a trial shows whether this process may
 * make a cgroup.
 */
async function firstThatWorks(
  instrument: Instrument,
  candidates: readonly TreeMethod[],
  env: Record<string, string>,
): Promise<TreeMethod | undefined> {
  for (const tree of candidates) {
    const reading = await instrument.measure({
      argv: ['/bin/sh', '-c', 'sleep 0.05'],
      cwd: '/',
      env,
      timeoutMs: 10_000,
      output: { stdout: 'ignore', stderr: 'ignore' },
      tree,
    });
    if (reading.tree_rss_kb !== null) return tree;
  }
  return undefined;
}
