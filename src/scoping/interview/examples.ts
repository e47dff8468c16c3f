/** Examples of commands that a person may have to name: the command to measure, and the command that starts a service. */
type Example = { command: string; service: string };

const node = { command: 'node bench.mjs', service: 'node server.js' };
const compiled = { command: './bench', service: './server' };

const examples: Partial<Record<string, Example>> = {
  javascript: node,
  typescript: node,
  python: { command: 'python3 bench.py', service: 'python3 server.py' },
  rust: { command: 'target/release/bench', service: 'target/release/server' },
  go: compiled,
  c: compiled,
  'c++': compiled,
  dart: { command: 'dart run benchmark/bench.dart', service: 'dart run bin/server.dart' },
  java: { command: 'java -jar target/bench.jar', service: 'java -jar target/server.jar' },
  ruby: { command: 'ruby bench.rb', service: 'ruby server.rb' },
  shell: { command: 'sh bench.sh', service: 'sh server.sh' },
};

const any: Example = { command: './bench.sh', service: './server' };

/** Examples in the language of the project. */
export const examplesFor = (language: string | null): Example => (language !== null && examples[language]) || any;
