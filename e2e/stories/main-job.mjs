// A document reaches its person, and only those who may see it do.
import { atWork, expect, pdf, signIn } from '../help.mjs';

export default async function mainJob(walk) {
  const camille = await walk.person({ phone: true });
  await camille.goto('/');
  await signIn(walk, camille, 'camille.demo');

  await camille.goto('/documents');
  await camille.goto('/documents/ajouter');
  await camille.setInputFiles('#fichier', { name: 'bilan.pdf', mimeType: 'application/pdf', buffer: pdf('Bilan de L’Haÿ') });
  await camille.selectOption('#categorie', 'CPT_REND');
  await camille.fill('#titre', 'Bilan d’Alzheimer de L’Haÿ');
  await camille.click('#ajouter');
  await camille.getByRole('heading', { name: 'Bilan d’Alzheimer de L’Haÿ' }).waitFor();

  const doctor = await atWork(walk, /Anne Martin/);
  const number = (await walk.someone("Camille")).number;
  await doctor.fill('#ins', number);
  await doctor.click('#rechercher');
  await doctor.waitForSelector('#accord');
  await doctor.check('#accord');
  await doctor.locator('input[name=duree]').first().check();
  await doctor.click('#declarer');
  await doctor.waitForURL(/pro\/patients\/[^/]+$/);
  await expect(doctor, 'Bilan d’Alzheimer de L’Haÿ');
  const record = doctor.url();
  await doctor.getByRole('link', { name: 'Bilan d’Alzheimer de L’Haÿ' }).first().click();
  await doctor.waitForURL(/documents\//);

  await camille.goto('/notifications');
  await expect(camille, 'Anne Martin');
  await camille.goto('/historique?qui=professionnels');
  await expect(camille, 'Ouverture d’un document');
  await camille.goto('/acces');
  await camille.getByRole('link', { name: /Bloquer.*Martin/ }).click();
  await camille.waitForSelector('#confirmer');
  await camille.click('#confirmer');
  await expect(camille, 'est bloqué');

  await doctor.goto(record);
  await expect(doctor, 'accès à ce dossier');
  await camille.goto('/historique?qui=professionnels');
  await expect(camille, 'Vous l’avez bloqué');

  // Somebody never met, whose name is not spelt right.
  await camille.goto('/acces/bloquer');
  await camille.fill('#qui', 'belkacen nour');
  await camille.click('#rechercher');
  await camille.getByRole('button', { name: /Bloquer.*BELKACEM/ }).click();
  await camille.waitForSelector('#confirmer');
  await camille.click('#confirmer');
  await expect(camille, 'Nour BELKACEM est bloqué');
}
