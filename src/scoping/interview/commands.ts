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

/** An example of a command, for a person who has to name one: in the language of the project. */
export function exampleFor(language: string | null): string {
  return (language !== null && examples[language]) || './bench.sh';
}

const examples: Record<string, string> = {
  javascript: 'node bench.mjs',
  typescript: 'node bench.mjs',
  python: 'python3 bench.py',
  rust: 'target/release/bench',
  go: './bench',
  c: './bench',
  'c++': './bench',
  dart: 'dart run benchmark/bench.dart',
  java: 'java -jar target/bench.jar',
  ruby: 'ruby bench.rb',
  shell: 'sh bench.sh',
};

/** An example of the command that starts a service. */
export function serviceExampleFor(language: string | null): string {
  return (language !== null && services[language]) || './server';
}

const services: Record<string, string> = {
  javascript: 'node server.js',
  typescript: 'node server.js',
  python: 'python3 server.py',
  ruby: 'ruby server.rb',
  java: 'java -jar target/server.jar',
  dart: 'dart run bin/server.dart',
};
