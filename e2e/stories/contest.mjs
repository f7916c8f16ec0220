// An access that the person does not recognise: why it was allowed, then contested in one click.
import { atWork, expect, signIn } from '../help.mjs';

export default async function contest(walk) {
  const doctor = await atWork(walk, /Louis Tessier/);
  await doctor.fill('#ins', (await walk.someone('Karim')).number);
  await doctor.click('#rechercher');
  await doctor.check('#accord');
  await doctor.click('#declarer');
  await doctor.waitForURL(/pro\/patients\/[^/]+$/);

  const karim = await walk.person({ phone: true });
  await signIn(walk, karim, 'karim.demo');
  await karim.goto('/historique?qui=professionnels');
  await walk.look(karim, 'history');
  await karim.locator('.event .disclosure > summary').first().click();
  await expect(karim, 'C’était permis parce qu’il a déclaré');
  await walk.look(karim, 'why');
  await karim.getByRole('button', { name: /Contester cet accès/ }).first().click();
  await expect(karim, 'Votre contestation est envoyée');
  await karim.fill('#message', 'Je n’ai jamais rencontré cette personne.');
  await karim.click('#envoyer');
  await expect(karim, 'Votre message est envoyé');
  await walk.look(karim, 'thread');
  await karim.goto('/acces');
  await walk.look(karim, 'acces');
  await karim.click('#matrice');
  await karim.selectOption('#profession', '60');
  await karim.click('#montrer');
  await karim.locator('.disclosure > summary').first().click();
  await walk.look(karim, 'matrix');
}
