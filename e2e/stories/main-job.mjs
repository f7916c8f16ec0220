// A document reaches its person, and only those who may see it do.
import { expect, pdf } from '../help.mjs';

export default async function mainJob(walk) {
  const camille = await walk.person({ phone: true });
  await camille.goto('/');
  await walk.look(camille, 'landing');
  await camille.goto('/connexion');
  await walk.look(camille, 'sign-in');
  await camille.fill('#identifiant', 'camille.demo');
  await camille.fill('#mot-de-passe', 'Cahier-Bleu-2026');
  await camille.click('#se-connecter');
  await camille.waitForSelector('#code');
  await walk.look(camille, 'code');
  await camille.fill('#code', await walk.code());
  await camille.click('#valider');
  await camille.waitForURL('**/accueil');
  await walk.look(camille, 'home');

  await camille.goto('/documents');
  await walk.look(camille, 'documents');
  await camille.goto('/documents/ajouter');
  await walk.look(camille, 'add');
  await camille.setInputFiles('#fichier', { name: 'bilan.pdf', mimeType: 'application/pdf', buffer: pdf('Bilan de L’Haÿ') });
  await camille.selectOption('#categorie', 'CPT_REND');
  await camille.fill('#titre', 'Bilan d’Alzheimer de L’Haÿ');
  await camille.click('#ajouter');
  await camille.getByRole('heading', { name: 'Bilan d’Alzheimer de L’Haÿ' }).waitFor();

  const doctor = await walk.person();
  await doctor.goto('/pro/connexion');
  await walk.look(doctor, 'pro-sign-in');
  await doctor.click('#pro-sante-connect');
  await doctor.waitForSelector('[id^=identite-]');
  await walk.look(doctor, 'identity');
  await doctor.getByRole('button', { name: /Anne Martin/ }).click();
  await doctor.waitForURL('**/pro/situation');
  await walk.look(doctor, 'situation');
  await doctor.locator('input[type=radio]').first().check();
  await doctor.locator('main form button').click();
  await doctor.waitForURL('**/pro');
  await walk.look(doctor, 'pro-home');
  const number = await walk.number('Camille');
  await doctor.fill('#ins', number);
  await doctor.click('#rechercher');
  await doctor.waitForSelector('#accord');
  await walk.look(doctor, 'consent');
  await doctor.check('#accord');
  await doctor.locator('input[name=duree]').first().check();
  await doctor.click('#declarer');
  await doctor.waitForURL(/pro\/patients\/[^/]+$/);
  await expect(doctor, 'Bilan d’Alzheimer de L’Haÿ');
  await walk.look(doctor, 'record');
  const record = doctor.url();
  await doctor.getByRole('link', { name: 'Bilan d’Alzheimer de L’Haÿ' }).first().click();
  await doctor.waitForURL(/documents\//);
  await walk.look(doctor, 'pro-document');

  await camille.goto('/notifications');
  await expect(camille, 'Anne Martin');
  await walk.look(camille, 'notices');
  await camille.goto('/historique?qui=professionnels');
  await expect(camille, 'Ouverture d’un document');
  await walk.look(camille, 'history');
  await camille.goto('/acces');
  await walk.look(camille, 'access');
  await camille.getByRole('link', { name: /Bloquer.*Martin/ }).click();
  await camille.waitForSelector('#confirmer');
  await walk.look(camille, 'block');
  await camille.click('#confirmer');
  await expect(camille, 'est bloqué');
  await walk.look(camille, 'blocked');

  await doctor.goto(record);
  await expect(doctor, 'accès à ce dossier');
  await walk.look(doctor, 'refused');
  await camille.goto('/historique?qui=professionnels');
  await expect(camille, 'Vous l’avez bloqué');

  await camille.goto('/parametres');
  await walk.look(camille, 'settings');
  for (const page of ['aide', 'accessibilite', 'mentions-legales', 'donnees-personnelles', 'conditions', 'demo', 'demo/messages']) {
    await camille.goto(`/${page}`);
    await walk.look(camille, page.replace('/', '-'));
  }
}
