import type { ContractInput } from '../contract/schema/contract.ts';
import type { DomainName } from '../core/domain-names.ts';
import { contractFrom } from './interview/contract-from.ts';
import { nextQuestion } from './interview/interview.ts';
import { primariesFor } from './interview/offers.ts';
import type { Answers } from './interview/question.ts';
import type { Recon } from './recon/recon.ts';

/** A contract to begin from, whether its command was found or only stands for one, and what its primary metric needs. */
export type Template = { contract: ContractInput; found: boolean; needs: string | null };

/** What the interview would come to if the domain were given and every other answer were its default. */
export function templateOf(domain: DomainName, recon: Recon): Template {
  let answers: Answers = { domain };
  for (let next = nextQuestion(answers, recon, ''); next; next = nextQuestion(answers, recon, ''))
    answers = { ...answers, [next.id]: next.default };
  const contract = contractFrom(answers, recon, '');
  if (domain === 'api_latency') return underLoad(contract, recon);
  const found = contract.repro.script !== '';
  const { name } = contract.metrics.primary;
  const needs = primariesFor(domain, recon).find((offer) => offer.name === name)?.needs ?? null;
  return { contract: found ? contract : withScript(contract, 'node bench.mjs'), found, needs };
}

const withScript = (contract: ContractInput, script: string): ContractInput => ({
  ...contract,
  repro: { ...contract.repro, script },
});

/** A server needs requests before there is anything to measure: the built-in load, and answers per second. */
function underLoad(contract: ContractInput, recon: Recon): Template {
  const start = recon.scripts.find((s) => s.kind === 'start')?.command;
  const { script: _, ...repro } = contract.repro;
  const url = 'http://127.0.0.1:8080/';
  const answer = (key: string) => ({ stdout: 'json' as const, key });
  return {
    found: start !== undefined,
    needs: `the service answers at ${url}`,
    contract: {
      ...contract,
      repro: {
        ...repro,
        service: { start: start ?? 'node server.js', ready: url },
        load: { url, connections: 10, seconds: 3 },
      },
      metrics: {
        primary: {
          name: 'requests_per_s',
          unit: '1/s',
          lower_is_better: false,
          source: answer('requests.average'),
        },
        watchdogs: [{ name: 'p95_latency_ms', unit: 'ms', source: answer('latency.p95'), max_regression_pct: 15 }],
      },
      profiler: 'none',
    },
  };
}
