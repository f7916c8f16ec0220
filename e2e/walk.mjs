// Somebody walking through the product; each page they meet is checked.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const PHONE = { width: 360, height: 800 };
const DESK = { width: 1280, height: 900 };

export class Walk {
  constructor(browser, origin, name) {
    Object.assign(this, { browser, origin, name, contexts: [], pictures: 0, seen: new Set() });
  }

  /** A person with a browser of their own. */
  async person({ phone = false, dark = false, script = true } = {}) {
    const context = await this.browser.newContext({
      baseURL: this.origin,
      locale: 'fr-FR',
      viewport: phone ? PHONE : DESK,
      colorScheme: dark ? 'dark' : 'light',
      javaScriptEnabled: script,
    });
    context.setDefaultTimeout(10_000);
    this.contexts.push(context);
    const page = await context.newPage();
    page.on('pageerror', (error) => { this.broken = error; });
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy/.test(message.text())) {
        this.broken = new Error(message.text());
      }
    });
    this.last = page;
    return page;
  }

  /** Checks the page a person is on: accessibility, both widths, nothing broken; and takes pictures. */
  async look(page, label) {
    this.last = page;
    if (this.broken) throw this.broken;
    const before = page.viewportSize();
    for (const size of [PHONE, DESK]) {
      await page.setViewportSize(size);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 1) throw new Error(`${label}: ${wide}px too wide at ${size.width}`);
      await page.screenshot({ path: `screenshots/${this.name}-${label}-${size.width}.png`, fullPage: true });
    }
    await page.setViewportSize(before);
    await this.accessible(page, label);
  }

  async accessible(page, label) {
    await page.evaluate(`${axe}; undefined`);
    const { violations } = await page.evaluate(
      (tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags }, iframes: false }),
      RULES,
    );
    if (violations.length > 0) {
      const lines = violations.map(({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.map((n) => n.html).join('\n    ')}`);
      throw new Error(`${label} is not accessible:\n  ${lines.join('\n  ')}`);
    }
  }

  /** The last code that was sent, as the demo shows it. */
  async code(pattern = /\b\d{6}\b/) {
    const page = await this.browser.newPage({ baseURL: this.origin });
    await page.goto('/demo/messages');
    const found = (await page.locator('pre').first().innerText()).match(pattern);
    await page.close();
    if (!found) throw new Error('no code was sent');
    return found[0];
  }

  /** The national number of someone of the demo, as its page shows it. */
  async number(name) {
    const page = await this.browser.newPage({ baseURL: this.origin });
    await page.goto('/demo');
    const card = page.locator('.persona', { hasText: name });
    const number = (await card.innerText()).match(/\b\d{5}[0-9AB]{2}\d{8}\b/)[0];
    await page.close();
    return number;
  }

  async picture(label) {
    await this.last?.screenshot({ path: `screenshots/${this.name}-${label}.png`, fullPage: true });
  }

  async end() {
    for (const context of this.contexts) await context.close();
  }
}
