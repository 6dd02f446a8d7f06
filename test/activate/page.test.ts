import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { PAGE_HEADERS, renderPage } from '../../src/activate/page.js';

describe('a page', () => {
  test('escapes its title and its text', () => {
    const page = renderPage({ status: 400, title: '<b>"&', text: ["<script>alert('x')</script>"] });
    expect(page).toContain('<h1>&lt;b&gt;&quot;&amp;</h1>');
    expect(page).toContain('<p>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;</p>');
  });

  test('has the style that its policy allows, to the byte', () => {
    const [, style = ''] =
      /<style>([^<]*)<\/style>/.exec(renderPage({ status: 200, title: '', text: [] })) ?? [];
    const digest = createHash('sha256').update(style).digest('base64');
    expect(PAGE_HEADERS['content-security-policy']).toContain(`style-src 'sha256-${digest}';`);
  });
});
