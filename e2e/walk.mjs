// Somebody walking through the product; each page they look at is checked.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 900 };
// 1280 pixels wide, zoomed four times (WCAG 1.4.10).
const ZOOMED = { width: 320, height: 256 };
/** A sheet of A4 without its margins of 18 mm, in pixels. */
const SHEET = { width: 658, height: 987 };
/** What a page may weigh with everything it needs, compressed; files that people added are apart. */
const WEIGHT = 100_000;
/** With a folder in PICTURES, every page looked at is kept there, with an index to leaf through. */
const PICTURES = process.env.PICTURES;

export class Walk {
  constructor(browser, origin, name) {
    Object.assign(this, { browser, origin, name, contexts: [], looked: new Set(), scriptless: new Set(), looks: 0, problems: [], pictures: [] });
  }

  /** A person with a browser of their own. */
  async person({ phone = false, dark = false, script = true } = {}) {
    const context = await this.browser.newContext({
      baseURL: this.origin,
      locale: 'fr-FR',
      viewport: phone ? PHONE : DESK,
      colorScheme: dark ? 'dark' : 'light',
      javaScriptEnabled: script,
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(10_000);
    this.contexts.push(context);
    const page = await context.newPage();
    if (!script) this.scriptless.add(page);
    page.on('pageerror', (error) => { this.broken = error; });
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy/.test(message.text())) {
        this.broken = new Error(message.text());
      }
    });
    this.last = page;
    return page;
  }

  /** Checks the page a person is on: on a phone, on a desk, zoomed four times, in the light and in the
      dark. What is wrong is told when the story ends, so that one walk shows it all. While something is
      open over the page only that is checked: what lies under it cannot be aimed at. */
  async look(page, label, { over } = {}) {
    if (this.scriptless.has(page)) {
      await this.look(await this.twin(page), label, { over });
      return;
    }
    this.last = page;
    if (this.broken) throw this.broken;
    this.looked.add(new URL(page.url()).pathname);
    this.looks += 1;
    const note = (found) => { if (found) this.problems.push(found); };
    const before = page.viewportSize();
    await page.evaluate(`${axe}; undefined`);
    for (const size of [ZOOMED, DESK, PHONE]) {
      await page.setViewportSize(size);
      note(await fits(page, `${label} at ${size.width}`));
      if (size !== ZOOMED) note(await accessible(page, `${label} at ${size.width}`, { type: 'tag', values: RULES }, over));
      if (size === PHONE) note(await touchable(page, label));
    }
    note(await this.weighs(page, label));
    await page.emulateMedia({ colorScheme: 'dark' });
    note(await accessible(page, `${label} in the dark`, { type: 'rule', values: ['color-contrast'] }, over));
    await page.emulateMedia({ colorScheme: 'light' });
    if (PICTURES) await this.photograph(page, label);
    await page.setViewportSize(before);
  }

  /** The same page of the same person, with script: without, axe's timers never fire and it never ends. */
  async twin(page) {
    this.beside ??= await this.person({ phone: true });
    await this.beside.context().clearCookies();
    await this.beside.context().addCookies(await page.context().cookies());
    await this.beside.goto(page.url());
    return this.beside;
  }

  /** Whether a page is light enough: its HTML, and the assets it names. */
  async weighs(page, where) {
    const bytes = gzipSync(await page.content()).length;
    const names = await page.evaluate(() => performance.getEntriesByType('resource').map((one) => one.name).filter((name) => name.includes('/assets/')));
    this.assets ??= new Map();
    let total = bytes;
    for (const name of new Set(names)) {
      if (!this.assets.has(name)) {
        const body = Buffer.from(await (await fetch(name)).arrayBuffer());
        this.assets.set(name, Math.min(body.length, gzipSync(body).length));
      }
      total += this.assets.get(name);
    }
    this.heaviest = Math.max(this.heaviest ?? 0, total);
    return total > WEIGHT && `${where}: ${total} bytes, more than ${WEIGHT}`;
  }

  async photograph(page, label) {
    mkdirSync(PICTURES, { recursive: true });
    for (const size of [PHONE, DESK]) {
      await page.setViewportSize(size);
      for (const colorScheme of ['dark', 'light']) {
        await page.emulateMedia({ colorScheme });
        const file = `${this.name}-${String(this.pictures.length).padStart(3, '0')}-${label}-${size.width}-${colorScheme}.png`;
        await page.screenshot({ path: `${PICTURES}/${file}`, fullPage: true });
        this.pictures.push(file);
      }
    }
  }

  /** The page as it would be printed: nothing is cut at the side of a sheet. */
  async print(page, label) {
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize(SHEET);
    const problem = await fits(page, `${label} on paper`);
    if (problem) this.problems.push(problem);
    if (PICTURES) {
      mkdirSync(PICTURES, { recursive: true });
      const file = `${this.name}-${String(this.pictures.length).padStart(3, '0')}-${label}-print.png`;
      await page.screenshot({ path: `${PICTURES}/${file}`, fullPage: true });
      this.pictures.push(file);
    }
    await page.setViewportSize(DESK);
    await page.emulateMedia({ media: 'screen' });
  }

  /** The last code that was sent, as the demo shows it. */
  async code(pattern = /\b\d{6}\b/) {
    const page = await this.browser.newPage({ baseURL: this.origin });
    // Messages leave in the background; a code is told once.
    for (let tries = 0; tries < 20; tries += 1) {
      await page.goto('/demo/messages');
      // The newest of those that hold a code: a notice may have left after it.
      const messages = await page.locator('pre').allInnerTexts();
      const found = messages.map((text) => text.match(pattern)?.[0]).find(Boolean);
      if (found && found !== this.told) {
        await page.close();
        this.told = found;
        return found;
      }
      await page.waitForTimeout(200);
    }
    throw new Error('no code was sent');
  }

  /** What the demo's page says of someone: their national number, card and birth date. */
  async someone(name) {
    const page = await this.browser.newPage({ baseURL: this.origin });
    await page.goto('/demo');
    const words = await page.locator('.persona', { hasText: name }).innerText();
    await page.close();
    const [birth, day, month, year] = words.match(/(\d\d)\/(\d\d)\/(\d{4})/) ?? [];
    const number = words.match(/\b\d{5}[0-9AB]{2}\d{8}\b/)[0];
    const card = words.match(/\b\d{8,13}\b/g)?.find((one) => one !== number);
    return { number, card, birth, day, month, year };
  }

  async picture(label) {
    mkdirSync('screenshots', { recursive: true });
    await this.last?.screenshot({ path: `screenshots/${this.name}-${label}.png`, fullPage: true });
  }

  async end() {
    for (const context of this.contexts) await context.close();
    if (this.pictures.length === 0) return;
    const images = this.pictures.map((file) => `<figure><figcaption>${file}</figcaption><img loading="lazy" src="${file}"></figure>`);
    writeFileSync(`${PICTURES}/${this.name}.html`, `<!doctype html><meta charset="utf-8"><style>body{columns:4}figure{break-inside:avoid;margin:0 0 1rem}img{width:100%;border:1px solid}</style>${images.join('\n')}`);
  }
}

/** Nothing to scroll sideways. */
async function fits(page, where) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return wide > 1 && `${where}: ${wide}px too wide`;
}

async function accessible(page, where, runOnly, over) {
  const { violations } = await page.evaluate(
    ([rules, part]) => window.axe.run(part ?? document, { runOnly: rules, iframes: false, resultTypes: ['violations'] }),
    [runOnly, over],
  );
  if (violations.length === 0) return undefined;
  const lines = violations.map(({ id, help, nodes }) =>
    `${id}: ${help}\n    ${nodes.map((n) => `${n.html}\n      ${n.failureSummary}`).join('\n    ')}`);
  return `${where} is not accessible:\n  ${lines.join('\n  ')}`;
}

/** Whatever a finger aims at is 44 pixels high or more, links within sentences apart. */
async function touchable(page, where) {
  const small = await page.evaluate(() => {
    const aims = 'button, summary, select, textarea, input:not([type=hidden], [type=radio], [type=checkbox]), '
      + '.choice > label, nav a, a.button, .foot a, .panel a, a.brand, .item-title';
    const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width > 1;
    const height = (one) => (one.closest('.item') ?? one.closest('.card.linked') ?? one).getBoundingClientRect().height;
    return [...document.querySelectorAll(aims)].filter((one) => seen(one) && height(one) < 43.5)
      .map((one) => `${Math.round(height(one))}px: ${one.outerHTML.slice(0, 160)}`);
  });
  return small.length > 0 && `${where}: too small for a finger:\n  ${small.join('\n  ')}`;
}
