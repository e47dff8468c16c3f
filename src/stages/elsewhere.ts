import type { Contract } from '../contract/schema/contract.ts';
import { failure } from '../core/errors.ts';
import type { Caveat } from '../experiment/caveats/caveat.ts';
import { type AskedElsewhere, judgedFromElsewhere } from '../experiment/elsewhere.ts';
import type { Reason } from '../experiment/judged.ts';
import type { MeasuredSession } from '../experiment/session.ts';
import type { RepoSetup } from '../experiment/setup.ts';
import { baseBefore } from '../record/base-before.ts';
import { attemptNumber } from '../record/history.ts';
import type { Run } from '../record/state.ts';

/** A session that another host measured and this machine judged, with the caveats from the other host. */
type JudgedElsewhere = MeasuredSession & { caveatsThere: Caveat[] };

/** Measures sessions on another host. `moved`: whether the host that measured the base is gone, so that a second host measures now. */
export type There = { measure(asked: Asked): Promise<JudgedElsewhere | Reason>; moved: boolean };

type Asked = Pick<AskedElsewhere, 'plan' | 'kind' | 'base' | 'candidate'>;

/**
 * The function that measures the run's sessions on another host. Null if this machine measures. The first session goes to any host of the
 * requested class. All later sessions go to the same host while this host accepts jobs, because a baseline is valid only for its host.
 * @throws fleet_no_database; usage: the contract needs a feature that only this machine has
 */
export async function elsewhere(run: Run, setup: RepoSetup): Promise<There | null> {
  const { state, world, repo } = run;
  const { on } = state.options;
  if (!on) return null;
  mustSuitElsewhere(setup.contract);
  if (!world.elsewhere) throw failure('fleet_no_database');
  const { measure, takesJobs } = world.elsewhere;
  const known = state.stage === 'baseline' ? undefined : baseBefore(state).session.host;
  const moved = known !== undefined && known !== on && !(await takesJobs(known));
  let host = moved ? undefined : known;
  const judged = async (asked: Asked): Promise<JudgedElsewhere | Reason> => {
    const whole: AskedElsewhere = {
      ...asked,
      contract: setup.contract,
      run: state.run,
      attempt: attemptNumber(state),
      epoch: state.epoch,
      on: host ?? on,
    };
    const back = await measure(repo, whole);
    host = back.host;
    return 'unready' in back
      ? back.unready
      : { ...judgedFromElsewhere(setup, whole, back), caveatsThere: back.ended.told };
  };
  return { measure: judged, moved };
}

/** Refuses contracts that another host cannot measure. @throws usage */
export function mustSuitElsewhere({ isolation, order, secrets_file }: Contract): void {
  const asks = {
    'isolation: in_place': isolation === 'in_place',
    'order: sequential': order === 'sequential',
    'a secrets_file': secrets_file !== undefined,
  };
  const [what] = Object.entries(asks).find(([, isAsked]) => isAsked) ?? [];
  if (what === undefined) return;
  throw failure('usage', {
    problem: `--on measures on another host, which does not support ${what} of the contract.`,
    hint: 'Remove this field from the contract, or measure on this machine, without --on.',
  });
}
