import { folderOf, type Source, targetsOf } from './source.ts';

/** Folders of `src/`. Each may import those after it: none before it, and none that stands beside it. */
const order = [
  ['cli', 'api'],
  ['fleet'],
  ['verify'],
  ['run'],
  ['stages'],
  ['monitor'],
  ['sentinel'],
  ['compare', 'bench'],
  ['plan'],
  ['report'],
  ['record'],
  ['experiment'],
  ['scoping'],
  ['contract'],
  ['measure', 'profile', 'git', 'artifact', 'agent'],
  ['cage'],
  ['stats', 'core'],
];

/** The command line tells its version. */
const manifest = 'package.json';

const levelOf = (folder: string) => order.findIndex((level) => level.includes(folder));

export const inKnownFolder = (sources: Source[]): string[] =>
  sources
    .filter(({ path }) => levelOf(folderOf(path)) < 0)
    .map(({ path }) => `${path}: lies in no folder that the order of layers names`);

export const oneWay = (sources: Source[]): string[] =>
  sources.flatMap((source) => {
    const from = folderOf(source.path);
    const may = (to: string) => to === from || levelOf(to) > levelOf(from);
    return targetsOf(source)
      .filter((to) => levelOf(from) >= 0 && !may(folderOf(to)) && !(from === 'cli' && to === manifest))
      .map((to) => `${source.path}: imports ${to}, but ${folderOf(to) || 'it'} does not come after ${from}`);
  });

export const spelledOut = (sources: Source[]): string[] =>
  sources.flatMap((source) =>
    targetsOf(source)
      .filter((to) => !/\.(?:ts|mjs|json)$/.test(to))
      .map((to) => `${source.path}: imports ${to} without its ending`),
  );
