export type Choice = {
  value: string;
  label: string;
  /** Why one would, or what it needs. */
  hint?: string;
};

export type QuestionId = 'domain' | 'repro' | 'primary' | 'watchdogs' | 'threshold' | 'runs' | 'profiler' | 'guards';

/** One step of the interview, as data; who asks it decides how it looks. */
export type Question = {
  id: QuestionId;
  /** `input` with choices: suggestions, any other text is allowed too. */
  kind: 'select' | 'multiselect' | 'input' | 'confirm';
  message: string;
  choices?: Choice[];
  default: string | string[];
  /** One or two sentences for those who want to know why they are asked. */
  explain: string;
};

/** Values of choices, or text; what is missing has not been asked yet. */
export type Answers = Partial<Record<QuestionId, string | readonly string[]>>;

/** The answer as one text. */
export function textOf(answers: Answers, id: QuestionId): string {
  const answer = answers[id];
  return typeof answer === 'string' ? answer.trim() : (answer?.[0] ?? '');
}

/** The answer as a list. */
export function listOf(answers: Answers, id: QuestionId): readonly string[] {
  const answer = answers[id];
  return answer === undefined || answer === '' ? [] : typeof answer === 'string' ? [answer] : answer;
}
