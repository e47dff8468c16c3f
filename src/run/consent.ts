import { isClient, isOurHook, markOf } from '../agent/marks.ts';
import { failure } from '../core/errors.ts';
import { type Forebear, lineage } from '../core/lineage.ts';
import { cut, oneLine } from '../core/text.ts';
import { isOurTitle } from '../core/title.ts';
import type { Repo } from '../git/repo.ts';
import { agentMayApprove } from '../record/config.ts';
import { scopingOf } from '../record/history.ts';
import type { Run, RunWorld } from '../record/state.ts';
import { approvalMark } from './approval.ts';

declare const given: unique symbol;

/** A person's consent to a contract, as a text that says how the person consented. Only the functions of this module create a consent. */
export type Consent = string & { readonly [given]: true };

/** The facts that a check of a consent needs. `commit`: the commit that the run begins from. */
type At = { repo: Repo; world: Pick<RunWorld, 'env'>; commit: string };

/**
 * Refuses a call from a command that perf-gate runs, or from a client's agent that may not approve. Any other call counts as the call of a
 * person. perf-gate looks at the ancestor processes and not at the command line, because a caller cannot change the names and environments
 * of its ancestors.
 * @throws not_a_person
 */
export async function consent(how: string, { repo, world, commit }: At): Promise<Consent> {
  const [ourselves, ...above] = await lineage();
  const own = Object.entries(world.env).map(([name, value]) => `${name}=${value}`);
  const caller = callerOf([{ ...ourselves, environment: [...ourselves.environment, ...own] }, ...above]);
  if (caller === null || (caller.is === 'agent' && (await agentMayApprove(repo, commit)))) return how as Consent;
  throw failure('not_a_person', { who: caller.who });
}

/** The consent that `start --yes` recorded on this machine for its contract. Null without one. */
export function recordedConsent(run: Run): Consent | null {
  const mark = run.state.beginning?.approval;
  return mark && mark === approvalMark(run, scopingOf(run.state).contract_hash) ? ('--yes' as Consent) : null;
}

/** A caller that is not a person. `ours`: a command that a perf-gate process runs. `agent`: a command of a client's agent. */
type Caller = { is: 'ours' | 'agent'; who: string };

/**
 * Looks at the ancestors of this process to find the caller of perf-gate. Null if the caller is a person. `chain`: this process, its
 * parent, and all further ancestors. A slash command that a person types comes through a hook of perf-gate's plugin, which the client
 * itself starts. So the caller is a person if the process that the topmost client started is such a hook.
 */
export function callerOf(chain: readonly [Forebear, ...Forebear[]]): Caller | null {
  const ours = chain.slice(1).find(({ words }) => isOurTitle(words));
  if (ours) return { is: 'ours', who: `a command that perf-gate itself runs: ${nameOf(ours)}` };
  const highest = chain.findLastIndex((one) => isClient(one) || markOf(one));
  const client = chain[highest];
  if (!client) return null;
  const started = isClient(client) ? chain[highest - 1] : client;
  if (started && isOurHook(started)) return null;
  const why = isClient(client) ? '' : `, which set ${markOf(client)}`;
  return { is: 'agent', who: `an agent’s client${why}: ${nameOf(client)}` };
}

const nameOf = ({ pid, words }: Forebear) => `pid ${pid} (${cut(oneLine(words.join(' ')), 80)})`;
