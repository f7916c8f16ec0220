// A person blocks a doctor who is reading: the doctor's next act fails, and the page says why.
import { atWork, expect, pdf, signIn } from '../help.mjs';

export default async function blockedWhileReading(walk) {
  const doctor = await atWork(walk, /Anne Martin/);
  await doctor.fill('#ins', (await walk.someone('Karim')).number);
  await doctor.click('#rechercher');
  await doctor.check('#accord');
  await doctor.locator('input[name=duree]').first().check();
  await doctor.click('#declarer');
  await doctor.waitForURL(/pro\/patients\/[^/]+$/);
  const record = doctor.url();
  // A letter of theirs, which they may still withdraw afterwards.
  await doctor.goto(`${record}/deposer`);
  await walk.look(doctor, 'deposit');
  await doctor.click('main #deposer');
  await walk.look(doctor, 'deposit-errors');
  await doctor.setInputFiles('#fichier', { name: 'courrier.pdf', mimeType: 'application/pdf', buffer: pdf('Courrier au cardiologue') });
  await doctor.selectOption('#type', '11488-4');
  await doctor.fill('#titre', 'Courrier au cardiologue');
  await doctor.click('main #deposer');
  await expect(doctor, 'Le dépôt est enregistré');
  await walk.look(doctor, 'deposits');
  await doctor.goto(record);
  await doctor.getByRole('link', { name: 'Courrier au cardiologue' }).first().click();
  await doctor.waitForURL(/documents\//);
  await doctor.waitForSelector('#telecharger');

  const karim = await walk.person({ phone: true });
  await signIn(walk, karim, 'karim.demo');
  await karim.goto('/notifications');
  await expect(karim, 'Anne Martin');
  await karim.goto('/documents');
  await expect(karim, 'Courrier au cardiologue');
  await karim.goto('/acces');
  await karim.getByRole('link', { name: /Bloquer.*Martin/ }).click();
  await karim.waitForSelector('#confirmer');
  await karim.click('#confirmer');
  await expect(karim, 'est bloqué');

  // The page that was open stays open; whatever comes next does not.
  const kept = await doctor.request.get(await doctor.locator('#telecharger').getAttribute('href'));
  if (kept.status() !== 404) throw new Error(`downloaded: ${kept.status()}`);
  await doctor.goto(record);
  await expect(doctor, 'la personne l’a retiré ou vous a bloqué');
  await walk.look(doctor, 'blocked');
  await doctor.goto(`${record}/depots`);
  await doctor.getByRole('link', { name: 'Courrier au cardiologue' }).click();
  await walk.look(doctor, 'correct');
  await doctor.click('#retirer');
  await walk.look(doctor, 'withdraw');
  await doctor.click('#confirmer');
  await expect(doctor, 'Le document est retiré');

  await karim.goto('/historique?qui=professionnels');
  await expect(karim, 'Vous l’avez bloqué');
  // As it was before this story.
  await karim.goto('/acces');
  await karim.getByRole('link', { name: /Débloquer.*Martin/ }).click();
  await karim.waitForSelector('#confirmer');
  await karim.click('#confirmer');
}
