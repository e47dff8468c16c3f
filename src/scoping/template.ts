import type { ContractInput } from '../contract/schema/contract.ts';
import type { DomainName } from '../core/domain-names.ts';
import { contractFrom } from './interview/contract-from.ts';
import { examplesFor } from './interview/examples.ts';
import { defaultAnswers, questions } from './interview/interview.ts';
import { chosen, primariesFor } from './interview/offers.ts';
import type { Recon } from './recon/recon.ts';

/** A contract that a user can start from and change. */
export type Template = {
  contract: ContractInput;
  /** Whether recon found the command. If not, the contract has an example command. */
  found: boolean;
  /** The input that the primary metric needs from the user, such as a line that the command prints. Null if it needs no input. */
  needs: string | null;
};

/** The contract that the interview makes for a domain if all other questions are answered with their defaults. */
export function templateOf(domain: DomainName, recon: Recon): Template {
  const answers = { domain, ...defaultAnswers(questions(recon, '', { domain })) };
  const contract = contractFrom(answers, recon, '');
  if (domain === 'api_latency') return underLoad(contract, recon);
  const found = contract.repro.script !== '';
  const { name } = contract.metrics.primary;
  const needs = primariesFor(domain, recon, chosen(answers, recon)).find((offer) => offer.name === name)?.needs ?? null;
  return { contract: found ? contract : withScript(contract, examplesFor(recon.language).command), found, needs };
}

const withScript = (contract: ContractInput, script: string): ContractInput => ({
  ...contract,
  repro: { ...contract.repro, script },
});

/** Measures requests per second under the built-in load, because a server without requests does nothing. */
function underLoad(contract: ContractInput, recon: Recon): Template {
  const start = recon.scripts.find((s) => s.kind === 'start')?.command;
  const { script: _, ...repro } = contract.repro;
  const url = 'http://127.0.0.1:8080/';
  const fromLoad = (key: string) => ({ stdout: 'json' as const, key });
  return {
    found: start !== undefined,
    needs: `the service answers at ${url}`,
    contract: {
      ...contract,
      repro: {
        ...repro,
        service: { start: start ?? examplesFor(recon.language).service, ready: url },
        load: { url, connections: 10, seconds: 3 },
      },
      metrics: {
        primary: {
          name: 'requests_per_s',
          unit: '1/s',
          lower_is_better: false,
          source: fromLoad('requests.average'),
        },
        watchdogs: [{ name: 'p95_latency_ms', unit: 'ms', source: fromLoad('latency.p95'), max_regression_pct: 15 }],
      },
      profiler: 'none',
    },
  };
}
