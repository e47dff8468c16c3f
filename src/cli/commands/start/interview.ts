import { checkContract } from '../../../contract/parse.ts';
import type { Contract } from '../../../contract/schema/contract.ts';
import { contractFrom } from '../../../scoping/interview/contract-from.ts';
import { answerProblem, nextQuestion } from '../../../scoping/interview/interview.ts';
import type { Answers, Question } from '../../../scoping/interview/question.ts';
import { recon } from '../../../scoping/recon/recon.ts';
import { seesDelay } from '../../../scoping/sees-delay.ts';
import { ask } from '../../terminal/prompt.ts';
import type { Tools } from '../../terminal/tools.ts';

/** The scoping interview in the terminal: one question at a time, each with a default from recon and the domain. */
export async function interview(task: string, tools: Tools): Promise<Contract> {
  const found = recon(tools.cwd, await seesDelay(tools.env));
  const known = [found.language, found.runtime, found.package_manager, ...found.tools].filter(Boolean);
  tools.say(
    `Scoping: ${task}\nFound here: ${known.join(', ') || 'nothing that perf-gate recognises'}${found.existing_benchmarks.length > 0 ? `; benchmarks in ${found.existing_benchmarks.join(', ')}` : ''}\n`,
  );
  let answers: Answers = {};
  for (let next = nextQuestion(answers, found, task); next; next = nextQuestion(answers, found, task)) {
    answers = { ...answers, [next.id]: await answerTo(next, tools) };
  }
  return checkContract(contractFrom(answers, found, task), 'from your answers');
}

/** Asks until the answer is valid. */
async function answerTo(question: Question, tools: Tools): Promise<string | string[]> {
  tools.say(question.explain);
  for (;;) {
    const answer =
      question.kind === 'input' && question.choices?.length ? await suggested(question) : await plain(question);
    const problem = answerProblem(question, answer);
    if (!problem) return answer;
    tools.say(problem);
  }
}

const OTHER = 'something else';

/** Asks for a text with suggestions: a choice with one more line, for another text. */
async function suggested(question: Question): Promise<string> {
  const choices = [...question.choices!, { value: OTHER, label: OTHER }];
  const picked = await ask<string>({
    type: 'select',
    message: question.message,
    choices: choices.map(shown),
    initial: 0,
  } as never);
  return picked === OTHER ? ask<string>({ type: 'input', message: question.message } as never) : picked;
}

function plain(question: Question): Promise<string | string[]> {
  const { kind, message, choices = [] } = question;
  if (kind === 'input') return ask<string>({ type: 'input', message, initial: question.default } as never);
  const initial = kind === 'select' ? choices.findIndex((c) => c.value === question.default) : question.default;
  return ask({ type: kind, message, choices: choices.map(shown), initial, indicator } as never);
}

/** Shows what is ticked without colours too. */
const indicator = (_: unknown, choice: { enabled?: boolean }) => (choice.enabled ? '[x]' : '[ ]');

const shown = ({ value, label, hint }: { value: string; label: string; hint?: string }) => ({
  name: value,
  message: hint ? `${label} (${hint})` : label,
});
