// Every national example that lies beside the repository is added and its page looked at. They have no
// licence to be copied: they are read in place, and left out with a message where they are absent.
import { existsSync, readdirSync } from 'node:fs';
import { expect, signIn } from '../help.mjs';

const FOLDER = '../../shared/reference/cda';

export default async function everyExample(walk) {
  if (!existsSync(FOLDER)) {
    console.log(`      skipped: ${FOLDER} is not there`);
    return;
  }
  const page = await walk.person();
  await signIn(walk, page, 'camille.demo');
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.xml')).sort()) {
    const title = file.replace('.xml', '');
    await page.goto('/documents/ajouter');
    await page.setInputFiles('#fichier', `${FOLDER}/${file}`);
    await page.selectOption('#categorie', 'AUTR_DOC');
    await page.fill('#titre', title);
    await page.locator('#visibilite-2').check();
    await page.click('#ajouter');
    await expect(page, 'est ajouté');
    await page.goto('/documents?montrer=miens');
    await page.getByRole('link', { name: title, exact: true }).first().click();
    await page.waitForURL(/\/documents\/[^?/]+$/);
    await walk.look(page, title);
    await walk.print(page, title);
  }
}
