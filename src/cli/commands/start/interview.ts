import { NOTHING } from '../../../scoping/interview/commands.ts';
import { answerProblem, changed, nextQuestion } from '../../../scoping/interview/interview.ts';
import type { Answers, Question, QuestionId } from '../../../scoping/interview/question.ts';
import type { Recon } from '../../../scoping/recon/recon.ts';
import { ask, askOrBack, BACK } from '../../terminal/prompt.ts';
import type { Tools } from '../../terminal/tools.ts';

type Answer = string | string[];

type Interview = { found: Recon; task: string; tools: Tools; keep(answers: Answers): void };

/**
 * Asks the open questions one at a time, and saves each answer before the next question. The defaults come from `recon` and from the
 * domain. Escape returns to the previous question.
 */
export async function answerAll(given: Answers, { found, task, tools, keep }: Interview): Promise<Answers> {
  let answers = given;
  const asked: QuestionId[] = [];
  const before: Record<string, Answer> = {};
  for (let next = nextQuestion(answers, found, task); next; next = nextQuestion(answers, found, task)) {
    const answer = await answerTo({ ...next, default: before[next.id] ?? next.default }, tools);
    if (answer === BACK) {
      const last = asked.pop();
      if (last !== undefined) answers = Object.fromEntries(Object.entries(answers).filter(([id]) => id !== last));
      continue;
    }
    asked.push(next.id);
    before[next.id] = answer;
    answers = changed(answers, next.id, answer);
    keep(answers);
  }
  return answers;
}

/** Asks a question until the answer is valid. */
export async function answerTo(question: Question, tools: Tools): Promise<Answer | typeof BACK> {
  tools.say(question.explain);
  for (;;) {
    const answer = await (question.kind === 'input' && question.choices?.length
      ? suggested(question)
      : plain(question));
    if (answer === BACK) return BACK;
    const problem = answerProblem(question, answer);
    if (!problem) return answer;
    tools.say(problem);
  }
}

const OTHER = 'something else';

/** Shows a list of suggestions for an answer. The last line of the list lets the person type another answer. */
async function suggested({ message, choices = [], ...question }: Question): Promise<string | typeof BACK> {
  const preset = textOf(question.default);
  const isTyped = preset !== '' && !choices.some(({ value }) => value === preset);
  const all = [...(isTyped ? [{ value: preset, label: preset }] : []), ...choices, { value: OTHER, label: OTHER }];
  const initial = Math.max(
    0,
    all.findIndex(({ value }) => value === preset),
  );
  const picked = await askOrBack<string>({ type: 'select', message, choices: all.map(shown), initial } as never);
  if (picked !== OTHER) return picked;
  const typed = await ask<string>({ type: 'input', message } as never);
  return typed.trim() === '' && choices.some(({ value }) => value === NOTHING) ? NOTHING : typed;
}

function plain(question: Question): Promise<Answer | typeof BACK> {
  const { kind, message, choices = [] } = question;
  if (kind === 'input') return askOrBack<string>({ type: 'input', message, initial: question.default } as never);
  const keys = kind === 'multiselect' ? ' (space ticks a choice, Enter continues)' : '';
  const initial = kind === 'select' ? choices.findIndex((c) => c.value === question.default) : question.default;
  return askOrBack({ type: kind, message: message + keys, choices: choices.map(shown), initial, indicator } as never);
}

const textOf = (answer: string | readonly string[]) => (typeof answer === 'string' ? answer : answer.join(', '));

/** The mark before a choice: characters and not colours, because a terminal may have no colours. */
const indicator = (_: unknown, choice: { enabled?: boolean }) => (choice.enabled ? '[x]' : '[ ]');

const shown = ({ value, label, hint }: { value: string; label: string; hint?: string }) => ({
  name: value,
  message: hint ? `${label} (${hint})` : label,
});
