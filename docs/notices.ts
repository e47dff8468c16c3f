import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type InputOptions, rolldown } from 'rolldown';
import { bundle, page } from '../bundle.mjs';

type Package = { name: string; version: string; license: string; homepage: string; text: string };

/** THIRD-PARTY-NOTICES.md: every package with code in the bundle, with its licence. */
export async function notices(): Promise<string> {
  const packages = (await bundledFolders()).map(packageAt).sort((a, b) => (a.name < b.name ? -1 : 1));
  const row = (p: Package) => `| [${p.name}](#${p.name.replace(/[^\w-]/g, '')}) | ${p.version} | ${p.license} |`;
  return `${[
    '# Third-party notices',
    'perf-gate ships as a bundle, which holds code of these packages. The page is made from the bundle by `npm run docs`.',
    ['| package | version | licence |', '| --- | --- | --- |', ...packages.map(row)].join('\n'),
    ...packages.map((p) => `## ${p.name}\n\n${p.homepage}\n\n\`\`\`text\n${p.text}\n\`\`\``),
  ].join('\n\n')}\n`;
}

/** The folders of the packages whose code remains after tree shaking. */
async function bundledFolders(): Promise<string[]> {
  const modules = (await Promise.all([bundle, page].map(modulesOf))).flat();
  const folders = modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id) ?? []);
  return onePerVersion(folders);
}

async function modulesOf(options: InputOptions): Promise<string[]> {
  const built = await rolldown({ ...options, logLevel: 'silent' });
  const { output } = await built.generate({ format: 'esm' });
  await built.close();
  return output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
}

/** A package may be in several folders. */
function onePerVersion(folders: string[]): string[] {
  const byName = new Map(folders.map((folder) => [nameAndVersion(folder), folder]));
  return [...byName.values()];
}

function nameAndVersion(folder: string): string {
  const { name, version } = manifest(folder);
  return `${name}@${version}`;
}

type Manifest = {
  name: string;
  version: string;
  license?: string;
  homepage?: string;
  repository?: { url?: string } | string;
};

const manifest = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

function packageAt(folder: string): Package {
  const { name, version, license, homepage, repository } = manifest(folder);
  if (!license) throw new Error(`${name} names no licence: look at ${folder}`);
  const source = typeof repository === 'string' ? repository : repository?.url;
  const text = licenceText(folder) ?? `Its package.json says ${license}; the package holds no text of the licence.`;
  return { name, version, license, homepage: homepage ?? source ?? '', text };
}

function licenceText(folder: string): string | undefined {
  const file = readdirSync(folder).find((f) => /^(licen[sc]e|copying)/i.test(f));
  return (
    file &&
    readFileSync(join(folder, file), 'utf8')
      .replace(/\r\n/g, '\n')
      .replace(/[ \t]+$/gm, '')
      .trim()
  );
}
