/** Every mail with made-up data on one page, for whoever changes a template. */
import { assert } from '#core/assert.ts';
import { composeLetter } from './compose.ts';
import { escaped, markupFree } from './letter-html.ts';
import { templateNames, templates, type TemplateName } from './templates/registry.ts';

export interface PreviewPage {
  readonly html: string;
}

const productUrl = 'https://offing.example';

/** The page at `/mail-preview/`, or null for any other path. It holds no script. */
export function mailPreview(pathname: string): PreviewPage | null {
  if (pathname !== '/mail-preview/' && pathname !== '/mail-preview') return null;
  const links = templateNames.map((name) => `<li><a href="#${name}">${name}</a></li>`);
  return {
    html: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Mails</title>
<style>
  body { margin: 0 auto; padding: 16px; max-width: 1200px; font: 15px/1.5 system-ui, sans-serif; }
  section { display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)); }
  iframe { width: 100%; height: 640px; border: 1px solid #8888; border-radius: 6px; }
  pre { margin: 0; padding: 12px; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #8888; border-radius: 6px; }
</style>
</head>
<body>
<h1>Mails</h1>
<ul>${links.join('\n')}</ul>
${templateNames.map(section).join('\n')}
</body>
</html>
`,
  };
}

function section(name: TemplateName): string {
  const mail = composeLetter(name, templates[name].sample, productUrl);
  assert(mail !== null, 'the sample of a template has its shape');
  return `<h2 id="${name}">${name}: ${escaped(mail.subject)}</h2>
<section>
<iframe sandbox="" title="${name} as HTML" srcdoc="${markupFree(mail.html)}"></iframe>
<pre>${markupFree(mail.text)}</pre>
</section>`;
}
