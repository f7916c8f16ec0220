// Sharing once: a person chooses documents and prints a code; a doctor abroad opens them without an account.
import { expect, signIn } from '../help.mjs';

export default async function sharing(walk) {
  const camille = await walk.person({ phone: true });
  await signIn(walk, camille, 'camille.demo');
  await camille.goto('/partages');
  await walk.look(camille, 'partages-empty');
  await camille.click('#partager');
  await camille.waitForSelector('#creer');
  await walk.look(camille, 'partage-form');
  await camille.click('#creer');
  await expect(camille, 'Cochez au moins un document');
  await walk.look(camille, 'partage-form-errors');
  // For one professional, found by name.
  await camille.locator('#documents').check();
  await camille.locator('#pour-2').check();
  await camille.fill('#qui', 'martin');
  await camille.click('#creer');
  await camille.waitForSelector('#numero');
  await walk.look(camille, 'partage-form-who');
  // No: for whoever has the code.
  await camille.locator('#pour').check();
  await camille.fill('#nom', 'Voyage à Dublin');
  await camille.click('#creer');
  await camille.waitForSelector('#code-de-partage');
  await walk.look(camille, 'partage-code');
  await walk.print(camille, 'partage-code');
  const code = (await camille.locator('#code-de-partage').innerText()).replace(/\D/g, '');
  const address = await camille.locator('#lien').getAttribute('href');

  const reader = await walk.person();
  await reader.goto(address);
  await expect(reader, 'Réservé aux soins');
  await walk.look(reader, 'partage-door');
  await reader.fill('#code', '000');
  await reader.click('#ouvrir');
  await expect(reader, 'Dites qui vous êtes');
  await walk.look(reader, 'partage-door-errors');
  await reader.fill('#code', `${code.slice(0, 3)} ${code.slice(3)}`);
  await reader.fill('#nom', 'Dr Smith, Dublin');
  await reader.selectOption('#motif', 'consultation');
  await reader.check('#soins');
  await reader.click('#ouvrir');
  await reader.waitForURL('**/partage/documents');
  await walk.look(reader, 'partage-documents');
  await reader.locator('a.item-title').first().click();
  await reader.waitForSelector('#telecharger');
  await walk.look(reader, 'partage-document');
  await reader.goto('/partage/documents');
  await reader.fill('#note', 'Contrôle de la tension dans trois mois.');
  await reader.click('#laisser-une-note');
  await expect(reader, 'transmise');
  await walk.look(reader, 'partage-note-left');

  await camille.goto('/partages');
  await expect(camille, 'identité non vérifiée');
  await walk.look(camille, 'partages-note');
  await camille.getByRole('button', { name: 'Écarter' }).click();
  await expect(camille, 'écartée');
  await camille.getByRole('link', { name: /Terminer.*Dublin/ }).click();
  await camille.waitForSelector('#confirmer');
  await walk.look(camille, 'partage-end', { over: 'dialog' });
  await camille.click('#confirmer');
  await expect(camille, 'Le partage est terminé');
  await camille.locator('.disclosure > summary').first().click();
  await walk.look(camille, 'partages-over');
  await reader.goto('/partage/documents');
  await expect(reader, 'Ce partage n’est pas ouvert');
  await walk.look(reader, 'partage-closed');
  await camille.goto('/historique');
  await expect(camille, 'Dr Smith');
  await walk.look(camille, 'partage-history');
}
