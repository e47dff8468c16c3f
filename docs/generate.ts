import { writeDurable } from '../src/core/fs.ts';
import { notices } from './notices.ts';
import { cliPage, errorsPage, hookRulesPage, profileFormatsPage, resultFormatsPage, workflowPage } from './pages.ts';
import { contractReference } from './reference.ts';

/** The generated pages, by path. `npm run docs` writes them; test/docs/generated.test.ts compares them. */
export const pages: Record<string, () => string | Promise<string>> = {
  'docs/cli.md': cliPage,
  'docs/contract.md': contractReference,
  'docs/errors.md': errorsPage,
  'docs/hook-rules.md': hookRulesPage,
  'docs/profile-formats.md': profileFormatsPage,
  'docs/result-formats.md': resultFormatsPage,
  'docs/workflow.md': workflowPage,
  'THIRD-PARTY-NOTICES.md': notices,
};

async function main(): Promise<void> {
  for (const [path, make] of Object.entries(pages)) writeDurable(path, await make());
}

if (process.argv[1]?.endsWith('docs/generate.ts')) await main();
