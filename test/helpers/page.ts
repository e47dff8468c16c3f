/** Lists the faults in the markup of a page; empty if it is sound. */
export function unsound(page: string): string[] {
  const wrong: string[] = [];
  const open: string[] = [];
  for (const [, close, name, self] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*?(\/?)>/g)) {
    if (self || ['meta', 'br', 'wbr'].includes(name!)) continue;
    if (!close) open.push(name!);
    else if (open.pop() !== name) wrong.push(`</${name}> closes nothing`);
  }
  const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map((m) => m[1]!);
  const targets = [...page.matchAll(/(?:href="#|aria-labelledby=")([^"]+)"/g)].flatMap((m) => m[1]!.split(' '));
  return [
    ...wrong,
    ...open.map((name) => `<${name}> stays open`),
    ...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `#${id} stands twice`),
    ...targets.filter((target) => !ids.includes(target)).map((target) => `#${target} is nowhere`),
    ...figuresWithoutWords(page),
    ...reachingOut(page).map((way) => `${way} may ask for something`),
  ];
}

function reachingOut(page: string): string[] {
  const code = [...(page.match(/<[^>]+>/g) ?? []), ...(page.match(/<style>[\s\S]*?<\/style>/g) ?? [])].join('\n');
  return code.match(/\b(src|srcset|action|poster|data)=|url\(|@import|<script|<link|<iframe|https?:|\son\w+=/gi) ?? [];
}

function figuresWithoutWords(page: string): string[] {
  const count = (pattern: RegExp) => (page.match(pattern) ?? []).length;
  const described = /<svg[^>]*role="img"[^>]*><title[^>]*>[^<]+<\/title><desc[^>]*>[^<]+<\/desc>/g;
  return [
    ...(count(described) === count(/<svg\b/g) ? [] : ['a figure without a title or a description']),
    ...(count(/<caption>/g) === count(/<table>/g) ? [] : ['a table without a caption']),
    ...(count(/<th /g) === count(/<th scope="col"/g) ? [] : ['a header that belongs to no column']),
  ];
}

/** The tags and attribute names of a page. Untrusted text must not add any. */
export function tagsOf(page: string): Set<string> {
  const tags = page.match(/<\/?[a-zA-Z!][^>]*>/g) ?? [];
  return new Set(
    tags.flatMap((tag) => [
      tag.match(/^<\/?[^\s>]*/)![0],
      ...(tag.replace(/"[^"]*"/g, '').match(/[\w-]+(?==)/g) ?? []),
    ]),
  );
}
