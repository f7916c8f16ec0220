// Taking everything away: asked for, made in the background, fetched; and what bringing it back says.
import { expect, signIn } from '../help.mjs';

export default async function takeAway(walk) {
  const camille = await walk.person({ phone: true });
  await signIn(walk, camille, 'camille.demo');
  await camille.goto('/parametres');
  await camille.getByRole('link', { name: 'Tout emporter' }).click();
  await camille.waitForSelector('#preparer');
  await walk.look(camille, 'emporter');
  await camille.click('#preparer');
  await walk.look(camille, 'emporter-making');
  for (let tries = 0; tries < 60 && (await camille.locator('#telecharger').count()) === 0; tries += 1) {
    await camille.waitForTimeout(1000);
    await camille.goto('/parametres/emporter');
  }
  await expect(camille, 'Votre archive est prête');
  await walk.look(camille, 'emporter-ready');
  const archive = await camille.request.get('/parametres/emporter/carnet.zip');
  if (!archive.ok() || archive.headers()['content-type'] !== 'application/zip') throw new Error(`archive: ${archive.status()}`);
  const bytes = await archive.body();
  if (bytes.subarray(0, 2).toString() !== 'PK') throw new Error('archive: not a ZIP');
  await camille.goto('/parametres/rapporter');
  await expect(camille, 'contient déjà des documents');
  await walk.look(camille, 'rapporter-full');
}
