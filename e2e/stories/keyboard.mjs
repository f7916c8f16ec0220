// The main job by keyboard alone: Tab, Shift+Tab, Space, arrows, Enter and letters. Wherever the focus
// goes it is seen, and nothing lies over it.
import { PASSWORD, expect } from '../help.mjs';

export default async function keyboard(walk) {
  const karim = await walk.person({ phone: true });
  await karim.goto('/');
  await karim.keyboard.press('Tab');
  await seen(karim);
  if (!(await focused(karim, '.skip'))) throw new Error('the first stop is not the skip link');
  await karim.keyboard.press('Enter');
  await press(karim, '#connexion');
  await karim.waitForURL('**/connexion');
  await type(karim, '#identifiant', 'karim.demo');
  await type(karim, '#mot-de-passe', PASSWORD);
  await karim.keyboard.press('Enter');
  await karim.waitForURL('**/connexion/code');
  await type(karim, '#code', await walk.code());
  await karim.keyboard.press('Enter');
  await karim.waitForURL('**/accueil');
  await everyStop(karim);

  await press(karim, 'nav a[href="/documents"]');
  await karim.waitForURL('**/documents');
  await everyStop(karim, 25);
  await press(karim, '.items a');
  await karim.waitForURL(/documents\/[^/]+$/);
  await press(karim, '#masquer');
  await expect(karim, 'masqué aux professionnels');
  await press(karim, '#afficher');
  await expect(karim, 'de nouveau visible');

  const doctor = await walk.person();
  await doctor.goto('/pro/connexion');
  await press(doctor, '#pro-sante-connect');
  await doctor.waitForSelector('[id^=identite-]');
  await press(doctor, 'li:has-text("Anne Martin") button');
  await doctor.waitForURL('**/pro/situation');
  await to(doctor, '#situation');
  await doctor.keyboard.press('ArrowDown');
  await doctor.keyboard.press('ArrowUp');
  await doctor.keyboard.press('Enter');
  await doctor.waitForURL('**/pro');
  await type(doctor, '#ins', (await walk.someone('Karim')).number);
  await doctor.keyboard.press('Enter');
  await doctor.waitForSelector('#accord');
  await everyStop(doctor);
  await to(doctor, '#accord');
  await doctor.keyboard.press('Space');
  await press(doctor, '#declarer');
  await doctor.waitForURL(/pro\/patients\/[^/]+$/);
  await everyStop(doctor, 40);
  await press(doctor, '.line a');
  await doctor.waitForURL(/documents\//);

  // From the list of patients to the last document: three keys.
  await doctor.goto('/pro');
  for (const key of ['Escape', '1']) await doctor.keyboard.press(key);
  await doctor.waitForURL(/pro\/patients\/[^/]+$/);
  await doctor.keyboard.press('d');
  await doctor.waitForURL(/documents\//);
  // Switched off, a letter is a letter.
  await doctor.goto('/pro');
  await press(doctor, '.keys button');
  await doctor.keyboard.press('1');
  if (!doctor.url().endsWith('/pro')) throw new Error('a key that is off leads nowhere');
  await press(doctor, '.keys button');

  await karim.goto('/acces');
  await press(karim, 'a[href$="/bloquer"]');
  await karim.waitForSelector('#confirmer');
  await press(karim, '#confirmer');
  await expect(karim, 'est bloqué');
  await press(karim, '.profile > summary');
  await press(karim, '#se-deconnecter');
  await expect(karim, 'déconnecté');
}

const focused = (page, selector) => page.locator(selector).first().evaluate((one) => one === document.activeElement);

/** Tabs on to the first thing that a selector finds. */
async function to(page, selector) {
  for (let stops = 0; stops < 120; stops += 1) {
    if (await focused(page, selector)) {
      await seen(page);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`${page.url()}: Tab never reaches ${selector}`);
}

async function press(page, selector) {
  await to(page, selector);
  await page.keyboard.press('Enter');
}

async function type(page, selector, words) {
  await to(page, selector);
  await page.keyboard.type(words);
}

/** Goes through what the keyboard reaches, from the top. */
async function everyStop(page, most = 60) {
  await page.evaluate(() => { document.activeElement?.blur(); window.scrollTo(0, 0); });
  for (let stops = 0; stops < most; stops += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement === document.body)) return;
    await seen(page);
  }
}

/** The focus shows, and what has it is not hidden under something else (WCAG 2.4.7, 2.4.11). */
async function seen(page) {
  const wrong = await page.evaluate(() => {
    const one = document.activeElement;
    if (one === document.body || one.tagName === 'IFRAME') return undefined;
    const ring = [one, ...['::before', '::after'].map((part) => [one, part])]
      .map((which) => (Array.isArray(which) ? getComputedStyle(...which) : getComputedStyle(which)));
    const rung = ring.some((style) => style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2);
    if (!rung && one.id !== 'contenu') return `no ring around ${one.outerHTML.slice(0, 120)}`;
    const box = one.getBoundingClientRect();
    const at = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.8]].map(([x, y]) => [box.left + box.width * x, box.top + box.height * y]);
    const shown = at.some(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top && (one.contains(top) || top.contains(one));
    });
    return shown ? undefined : `hidden: ${one.outerHTML.slice(0, 120)}`;
  });
  if (wrong) throw new Error(`${page.url()}: ${wrong}`);
}
