import type { Recon } from '../recon/recon.ts';
import { type Answers, percentOf, type Question, type QuestionId } from './question.ts';
import { ask } from './questions.ts';

const ids = Object.keys(ask) as QuestionId[];

/** The next question, or null when the answers are enough for a contract. */
export function nextQuestion(answers: Answers, recon: Recon, task: string): Question | null {
  for (const id of ids) {
    const question = answers[id] === undefined ? ask[id](answers, recon, task) : null;
    if (question && !question.onlyOnWish) return question;
  }
  return null;
}

/** All questions that offer a choice, each with the person's answer, or with the default if the person gave no answer. */
export function changeable(answers: Answers, recon: Recon, task: string): { question: Question; answer: Answer }[] {
  return ids.flatMap((id) => {
    const question = ask[id](answers, recon, task);
    return question ? [{ question, answer: answers[id] ?? question.default }] : [];
  });
}

type Answer = string | readonly string[];

/**
 * Changes one answer. All answers that depend on it are dropped, so that their questions are asked again. For example, another command
 * needs another setup and has other metrics.
 */
export function changed(answers: Answers, id: QuestionId, answer: Answer): Answers {
  const stale = following[id] ?? [];
  const kept = Object.entries(answers).filter(([key]) => !stale.includes(key as QuestionId));
  return { ...Object.fromEntries(kept), [id]: answer };
}

const following: Partial<Record<QuestionId, readonly QuestionId[]>> = {
  domain: ['primary', 'watchdogs', 'threshold', 'profiler'],
  repro: ['setup', 'build', 'primary', 'watchdogs'],
  primary: ['watchdogs', 'runs'],
};

/**
 * The questions that `answers` leave open. Without any answers, these are 4 to 10 questions. The list assumes that each question is
 * answered with its default.
 */
export function questions(recon: Recon, task: string, answers: Answers = {}): Question[] {
  const asked: Question[] = [];
  let answered = answers;
  for (let next = nextQuestion(answered, recon, task); next; next = nextQuestion(answered, recon, task)) {
    asked.push(next);
    answered = { ...answered, [next.id]: next.default };
  }
  return asked;
}

/** The default answer of every question. */
export function defaultAnswers(asked: readonly Question[]): Answers {
  return Object.fromEntries(asked.map((question) => [question.id, question.default]));
}

/** The reason why an answer is not valid, or null if it is valid. */
export function answerProblem(question: Question, answer: string | readonly string[]): string | null {
  const text = typeof answer === 'string' ? answer.trim() : answer.join();
  if (question.id === 'repro') return text === '' ? `A command is needed. ${question.explain}` : null;
  if (question.id === 'setup' || question.id === 'build') return null;
  if (question.id === 'threshold') {
    const pct = percentOf(text);
    return pct > 0 && pct < 100 ? null : 'A number between 0 and 100 is needed, for example: 20';
  }
  const values = question.choices?.map((c) => c.value) ?? [];
  const unknown = (typeof answer === 'string' ? [text] : answer).find((value) => !values.includes(value));
  return unknown === undefined ? null : `“${unknown}” is not one of ${values.join(', ')}`;
}

/** The questions as a numbered Markdown list. The default of each question comes first and is marked. */
export function questionsText(asked: readonly Question[]): string {
  return asked
    .map(({ message, explain, ...question }, i) => `${i + 1}. ${message} ${explain}${choicesText(question)}`)
    .join('\n');
}

function choicesText({ choices = [], default: preset, kind }: Pick<Question, 'choices' | 'default' | 'kind'>): string {
  const isDefault = (value: string) => (typeof preset === 'string' ? preset === value : preset.includes(value));
  if (choices.length === 0) return typeof preset === 'string' && preset !== '' ? `\n   - ${preset} (default)` : '';
  const sorted = [...choices].sort((a, b) => Number(isDefault(b.value)) - Number(isDefault(a.value)));
  const lines = sorted.map(
    ({ value, label, hint }) => `\n   - ${label}${hint ? `: ${hint}` : ''}${isDefault(value) ? ' (default)' : ''}`,
  );
  return `${kind === 'multiselect' ? ' (any number)' : ''}${lines.join('')}`;
}
