import manifest from '../../package.json' with { type: 'json' };

/** The entry point of the command line. `--version` loads no other code. */
export async function main(argv: string[] = process.argv.slice(2)): Promise<void> {
  if (argv[0] === '--version' || argv[0] === '-V') process.stdout.write(`${manifest.version}\n`);
  else await (await import('./main.ts')).run(argv);
}

if (process.argv[1]?.endsWith('src/cli/index.ts')) void main();
