// Pages photographed with a telephone: put in order, turned, cropped, by keyboard, and sent as one PDF.
import { expect, signIn } from '../help.mjs';

/** A photo of so many dots, of one colour with a darker corner. */
async function photo(page, name, [width, height], colour) {
  const base64 = await page.evaluate(([w, h, fill]) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [w, h];
    const pen = canvas.getContext('2d');
    pen.fillStyle = fill;
    pen.fillRect(0, 0, w, h);
    pen.fillStyle = '#222';
    pen.fillRect(0, 0, w / 4, h / 8);
    return canvas.toDataURL('image/jpeg', 0.95).split(',')[1];
  }, [width, height, colour]);
  return { name, mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') };
}

export default async function photos(walk) {
  const camille = await walk.person({ phone: true });
  await signIn(walk, camille, 'camille.demo');
  await camille.goto('/documents/ajouter');
  const status = camille.locator('#pages [role=status]');
  const items = camille.locator('#pages li');
  const said = async (words) => {
    for (let tries = 0; tries < 100 && !(await status.textContent()).includes(words); tries += 1) await camille.waitForTimeout(100);
    const text = await status.textContent();
    if (!text.includes(words)) throw new Error(`status: « ${text} », not « ${words} »`);
  };
  await camille.setInputFiles('#fichier', [
    await photo(camille, 'IMG_1.jpg', [3000, 4000], '#eee8d8'),
    await photo(camille, 'IMG_2.jpg', [4000, 3000], '#d8e8ee'),
    { name: 'abimee.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no photo') },
  ]);
  await said('sera envoyée telle quelle');
  // What does not open stays among the files; it is given up here.
  await camille.setInputFiles('#fichier', []);
  await camille.setInputFiles('#appareil', [await photo(camille, 'IMG_3.jpg', [1200, 1600], '#f4f0f0')]);
  await said('Page 3 ajoutée');
  if ((await items.count()) !== 3) throw new Error('three pages');
  if (!(await camille.isChecked('#ensemble'))) throw new Error('photos are put together');

  const press = async (nth, name, key = 'Enter') => {
    await items.nth(nth).getByRole('button', { name }).focus();
    await camille.keyboard.press(key);
  };
  await press(2, 'Avancer');
  await said('page 2 sur 3');
  // The focus goes with the page.
  await camille.keyboard.press('Enter');
  await said('page 1 sur 3');
  await camille.keyboard.press('Enter');
  await said('ne peut pas aller plus loin');
  await press(1, 'Tourner', 'Space');
  await said('Page 2 tournée');
  await press(1, 'Noir et blanc');
  await said('Page 2 en noir et blanc');
  await items.nth(0).locator('summary').focus();
  await camille.keyboard.press('Enter');
  await items.nth(0).locator('[data-edge=top]').focus();
  await camille.keyboard.press('PageUp');
  await said('Page 1 rognée');
  await walk.look(camille, 'photos-pages');
  await press(2, 'Supprimer');
  await said('Page 3 supprimée, il en reste 2');
  await walk.look(camille, 'photos-two');
  // Turned on its side, a page that stood lies.
  const [width, height] = await items.nth(1).locator('canvas').evaluate((canvas) => [canvas.width, canvas.height]);
  if (width <= height) throw new Error(`turned: ${width} × ${height}`);

  await camille.selectOption('#categorie', { index: 1 });
  await camille.fill('#titre', 'Lettre photographiée');
  await camille.click('#ajouter');
  await camille.getByRole('heading', { name: 'Lettre photographiée' }).waitFor();
  await expect(camille, '2 pages');
  await expect(camille, 'Ce PDF est une image');
  await walk.look(camille, 'photos-document');
  const made = await camille.request.get(`${new URL(camille.url()).pathname}/original`);
  const bytes = (await made.body()).toString('latin1');
  if (!bytes.startsWith('%PDF-') || bytes.split('/Type/Page/').length !== 3) throw new Error('a PDF of two pages');
  if (bytes.length > 2_000_000) throw new Error(`${bytes.length} bytes`);
}
