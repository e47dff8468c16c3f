import * as z from 'zod/mini';
import type { Contract } from '../../../contract/schema/contract.ts';
import { exit, failure } from '../../../core/errors.ts';
import { askFleet } from '../../../fleet/client/ask.ts';
import { keepHere, printedThere } from '../../../fleet/client/receive.ts';
import type { Repo } from '../../../git/repo.ts';
import { bisectionText } from '../../../report/bisection.ts';
import type { Tools } from '../../terminal/tools.ts';
import { toldOf } from '../bisection.ts';
import { askedOf } from './asked.ts';

/** The object of `bisect --json`; commits are ids. */
const printed = z.object({
  outcome: z.enum(['found', 'no_change', 'unclear', 'not_confirmed']),
  good: z.string(),
  bad: z.string(),
  commits: z.number(),
  change_pct: z.nullable(z.number()),
  first_bad: z.nullable(z.string()),
  before: z.nullable(z.string()),
  between: z.array(z.string()),
  inside: z.nullable(z.object({ good: z.string(), bad: z.string() })),
  chance: z.nullable(z.number()),
  left_out: z.array(z.object({ commit: z.string(), why: z.string() })),
  executions: z.number(),
});

type Request = {
  good: string;
  bad: string;
  contract: Contract;
  path: string;
  /** The contract's text that is sent to the fleet. If null, the text of the file `path` is sent. */
  text: string | null;
  on: string;
  database: string | undefined;
  remote: string | undefined;
  options: string;
};

/** Bisects on a fleet, prints the result like a local bisection, and returns the exit code. */
export function bisectByFleet(repo: Repo, request: Request, tools: Tools): Promise<number> {
  const { good, bad, contract, path } = request;
  const asked = askedOf(request, { what: 'bisect', base: good, head: bad, noWorseThan: null, contract, path }, tools);
  const { text } = request;
  return askFleet(repo, tools, text === null ? asked : { ...asked, text }, async (answers) => {
    const [answered] = answers;
    const { host, class: name, job } = answered;
    const found = printed.safeParse(printedThere(answered));
    if (!found.success)
      throw failure('fleet_answer_invalid', { host, reason: 'the result from the host is not a bisection' });
    const comparison = keepHere(repo.project, answers, {})?.kept.comparison ?? null;
    if (tools.json) tools.out(JSON.stringify({ ...found.data, comparison, host, class: name, job }));
    else tools.out(bisectionText(await toldOf(repo, found.data, request.options)));
    tools.say(`Measured on ${host} (class ${name}).`);
    return found.data.outcome === 'found' ? exit.done : exit.inconclusive;
  });
}
