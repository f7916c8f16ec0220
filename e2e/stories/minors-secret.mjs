// A minor's secret: the consultation and its document, of which the parent's phone knows nothing.
import { atWork, expect, pdf, signIn } from '../help.mjs';

export default async function minorsSecret(walk) {
  const doctor = await atWork(walk, /Anne Martin/);
  await doctor.fill('#ins', (await walk.someone('Jade')).number);
  await doctor.click('#rechercher');
  await walk.look(doctor, 'who');
  await doctor.click('#secret');
  await walk.look(doctor, 'begin');
  await doctor.click('#commencer');
  await walk.look(doctor, 'begin-error');
  await doctor.check('#accord');
  await doctor.click('#commencer');
  await doctor.waitForURL(/pro\/patients\/[^/]+$/);
  await expect(doctor, 'La consultation secrète commence');
  await walk.look(doctor, 'record');
  const record = doctor.url();
  await doctor.goto(`${record}/deposer`);
  await walk.look(doctor, 'deposit');
  await doctor.setInputFiles('#fichier', { name: 'secret.pdf', mimeType: 'application/pdf', buffer: pdf('Consultation confidentielle') });
  await doctor.selectOption('#type', '11488-4');
  await doctor.fill('#titre', 'Entretien confidentiel');
  await doctor.click('main #deposer');
  await expect(doctor, 'Personne n’en est prévenu');
  await expect(doctor, 'Caché aux représentants');
  await walk.look(doctor, 'deposits');
  await doctor.goto(record);
  await doctor.getByRole('link', { name: 'Entretien confidentiel' }).first().click();
  await doctor.waitForURL(/documents\//);
  await expect(doctor, 'Caché aux représentants');
  await walk.look(doctor, 'document');

  const camille = await walk.person({ phone: true });
  await signIn(walk, camille, 'camille.demo');
  await camille.goto('/proches');
  await camille.getByRole('button', { name: /Ouvrir son espace.*Jade/ }).click();
  await camille.waitForURL(/\/(premiers-choix|accueil)$/);
  if (camille.url().endsWith('/premiers-choix')) {
    await camille.locator('#visibilite').check();
    await camille.click('#enregistrer');
    await camille.waitForURL('**/accueil');
  }
  for (const path of ['/accueil', '/documents', '/acces', '/historique', '/notifications', '/documents/recherche']) {
    await camille.goto(path);
    const words = await camille.locator('body').innerText();
    for (const secret of ['Entretien confidentiel', 'Martin', 'secrète']) {
      // She treats the child openly too: her reports are there, what she did today is not.
      if (secret === 'Martin' && (path === '/documents' || path === '/accueil')) continue;
      if (words.includes(secret)) throw new Error(`${path} says ${secret}`);
    }
  }
  await camille.fill('#q', 'confidentiel');
  await camille.click('#chercher');
  await camille.waitForLoadState();
  if ((await camille.locator('main').innerText()).includes('Entretien')) throw new Error('the search finds it');

  await doctor.goto(`${record}/secret`);
  await walk.look(doctor, 'end');
  await doctor.click('#terminer');
  await expect(doctor, 'La consultation secrète est terminée');
}
