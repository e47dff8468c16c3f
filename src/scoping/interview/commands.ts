import type { Candidate } from '../recon/finding.ts';
import type { Recon } from '../recon/recon.ts';
import { stackOf } from '../stack-of.ts';
import { chosen } from './offers.ts';
import { type Answers, textOf } from './question.ts';

/** The answer for “no such command”. */
export const NOTHING = 'nothing';

/** What installs what the project and the chosen command need; null where nothing is known to be needed. */
export function setupOf(answers: Answers, recon: Recon): string | null {
  return joined([recon.setup_command, known(answers, recon)?.setup ?? null]);
}

/** What compiles what the chosen command runs: as recon read it, or because the command runs what the project's build writes. */
export function buildOf(answers: Answers, recon: Recon): string | null {
  const command = known(answers, recon);
  if (command?.build) return command.build;
  const script = textOf(answers, 'repro');
  const isOutput = recon.output !== null && script.includes(recon.output.replace(/\*.*$/, ''));
  return isOutput && command?.kind !== 'build' ? recon.build_command : null;
}

/** The candidate that was chosen, or the one whose program a person typed with other arguments. */
function known(answers: Answers, recon: Recon): Candidate | undefined {
  const program = programOf(textOf(answers, 'repro'));
  const isSame = ({ command }: Candidate) => program.includes('/') && programOf(command) === program;
  return chosen(answers, recon) ?? recon.scripts.find(isSame);
}

const programOf = (command: string) => command.replace(/^\.\//, '').split(/\s/, 1)[0]!;

/** The variables that the command needs; those of Python matter to Python alone. */
export function envOf(answers: Answers, recon: Recon): Record<string, string> {
  const stack = stackOf(textOf(answers, 'repro'), { cwd: '/nonexistent', env: {} });
  return stack === null || stack === 'python' ? recon.env : {};
}

const joined = (commands: readonly (string | null)[]) =>
  commands.filter((command) => command !== null).join(' && ') || null;
