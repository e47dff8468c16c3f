export type Choice = {
  value: string;
  label: string;
  /** The advantage of a choice, or what the choice requires. */
  hint?: string;
};

export type QuestionId =
  | 'domain'
  | 'repro'
  | 'setup'
  | 'build'
  | 'primary'
  | 'watchdogs'
  | 'threshold'
  | 'runs'
  | 'profiler'
  | 'guards';

/** One question of the interview, as data: the terminal and the briefs for agents show it in different ways. */
export type Question = {
  id: QuestionId;
  /** `input`: free text. If such a question has choices, a person may also type another answer. */
  kind: 'select' | 'multiselect' | 'input' | 'confirm';
  message: string;
  choices?: Choice[];
  default: string | string[];
  /** One or two sentences on why the question matters. */
  explain: string;
  /** The default suits most projects. The question is therefore asked only if a person wants to change the answer. */
  onlyOnWish?: true;
};

/** The answer to a question: the values of the choices, or a text. A question without an answer has not been asked yet. */
export type Answers = Partial<Record<QuestionId, string | readonly string[]>>;

/** The answer as one text. Empty without an answer. */
export function textOf(answers: Answers, id: QuestionId): string {
  const answer = answers[id];
  return typeof answer === 'string' ? answer.trim() : (answer?.[0] ?? '');
}

/** The answer as a list. Empty without an answer. */
export function listOf(answers: Answers, id: QuestionId): readonly string[] {
  const answer = answers[id];
  return answer === undefined || answer === '' ? [] : typeof answer === 'string' ? [answer] : answer;
}

/** Reads `20`, `20%` and `20 %` as 20. Returns NaN for any other text. */
export function percentOf(text: string): number {
  return /^\s*\d+([.,]\d+)?\s*%?\s*$/.test(text) ? Number.parseFloat(text.replace(',', '.')) : Number.NaN;
}
