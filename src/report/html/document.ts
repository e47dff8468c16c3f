import { html, type Markup, trusted } from '../markup.ts';

/**
 * An HTML page that needs no other file. The page runs no script and makes no requests. The content security policy in its head forbids
 * both. `style`: a trusted style sheet, never text from outside.
 */
export function document({ title, style, content }: { title: string; style: string; content: Markup }): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`.markup;
}
