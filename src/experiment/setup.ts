import { join } from 'node:path';
import { type Redact, redactor } from '../artifact/redact.ts';
import type { Contract } from '../contract/schema/contract.ts';
import { requireSecrets } from '../contract/secrets.ts';
import { anyTime, compiledNow, ownAlone, type Trust } from '../core/compiled.ts';
import type { World } from '../core/world.ts';
import type { Repo } from '../git/repo.ts';
import { findInstrument } from '../measure/instruments/find.ts';
import type { Instrument } from '../measure/instruments/instrument.ts';
import { loadCommand } from '../measure/service/load.ts';
import type { SessionPlan } from '../measure/sessions/plan.ts';
import { temporaryFolder } from './arms-folder.ts';

/** Everything needed to measure and judge two arms. A setup needs no repository, because two commands in a folder can be measured too. */
export type Setup = {
  world: World;
  contract: Contract;
  instrument: Instrument;
  redact: Redact;
  /** The absolute path of the project. The path is shown to processes that wait for the measurement lock. */
  project: string;
  /** The folder of the samples. */
  samples: string;
  /** The seed for the order of the executions. */
  seed: string;
};

/** Everything needed to measure and judge two arms that are made from trees of a repository. */
export type RepoSetup = Setup & {
  repo: Repo;
  /** The cached program that closes rooms is trusted only if its file was last changed before this time (ms since 1970). */
  trust: Trust;
  /** The folder of the arms, outside the project. */
  folder: string;
};

/** A setup for an experiment that belongs to no run. `leave` removes its folder. Throws the errors of `requireSecrets`. */
export async function temporarySetup(
  { repo, world, contract }: Pick<RepoSetup, 'repo' | 'world' | 'contract'>,
  name: 'preflight' | 'compare' | 'calibrate',
  seed: string,
): Promise<{ setup: RepoSetup; leave(): void }> {
  const redact = redactor(requireSecrets(repo.project, contract.secrets_file), world.env);
  const trust = { preflight: compiledNow, compare: ownAlone, calibrate: anyTime }[name];
  const instrument = await findInstrument(world.env, trust);
  const { dir: folder, leave } = temporaryFolder(world.env, name);
  const { project } = repo;
  const setup = {
    repo,
    world,
    contract,
    instrument,
    trust,
    redact,
    project,
    folder,
    samples: join(folder, 'samples'),
    seed,
  };
  return { setup, leave };
}

/** Makes the plan of a session: what it executes, how often and in which order. `looks`: the numbers of pairs after which it is judged. */
export function sessionPlan(
  contract: Contract,
  { id, seed, looks }: Pick<SessionPlan, 'id' | 'seed' | 'looks'>,
): SessionPlan {
  const { script, load, shell, timeout_s, before_each, service, warmup_runs } = contract.repro;
  const pinned = contract.repro.cpus === undefined ? {} : { cpus: contract.repro.cpus };
  const { same_output } = contract.guards;
  return {
    id,
    seed,
    // If the contract has a load generator, the service is measured, so the service gets the pinned CPUs.
    command: load ? { script: loadCommand(load), shell: false, timeout_s } : { script, shell, timeout_s, ...pinned },
    ...(before_each ? { before_each } : {}),
    ...(service ? { service: { ...service, ...(load ? pinned : {}) } } : {}),
    ...(same_output ? { same_output } : {}),
    warmup_runs,
    metrics: [contract.metrics.primary, ...contract.metrics.watchdogs],
    looks,
    order: contract.order,
  };
}

/**
 * The environment variables of a command that is measured in the user's own folder. Variables named `PERF_GATE_*` are left out, because
 * they would reveal the measurement.
 */
export function plainEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined || name.startsWith('PERF_GATE_') ? [] : [[name, value]],
    ),
  );
}
