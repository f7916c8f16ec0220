// What stories share.

/** Of everybody in the demo. */
export const PASSWORD = 'Cahier-Bleu-2026';

/** Waits until the page shows a passage. */
export async function expect(page, passage) {
  await page.getByText(passage).first().waitFor({ state: 'visible' });
}

/** Signs in with a password and a code. */
export async function signIn(walk, page, login, look = false) {
  await page.goto('/connexion');
  await page.fill('#identifiant', login);
  await page.fill('#mot-de-passe', PASSWORD);
  await page.click('#se-connecter');
  await page.waitForSelector('#code');
  if (look) await walk.look(page, 'connexion-code');
  await page.fill('#code', await walk.code());
  await page.click('#valider');
  await page.waitForURL('**/accueil');
}

/** A professional who has signed in, in their first situation. */
export async function atWork(walk, name) {
  const page = await walk.person();
  await page.goto('/pro/connexion');
  await page.click('#pro-sante-connect');
  await page.getByRole('button', { name }).click();
  await page.waitForURL(/\/pro(\/situation)?$/);
  if (page.url().endsWith('/situation')) {
    await page.locator('input[type=radio]').first().check();
    await page.locator('main form button').click();
    await page.waitForURL('**/pro');
  }
  return page;
}

/** A small PDF with one line of text. */
export function pdf(text) {
  const plain = text.normalize('NFD').replace(/[^\x20-\x7e]/g, '');
  const stream = `BT /F1 24 Tf 72 720 Td (${plain}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const places = objects.map((object, n) => {
    const place = body.length;
    body += `${n + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const end = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF`;
  return Buffer.from(body + end, 'latin1');
}
