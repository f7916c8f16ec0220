// Broken glass, while the person's phone shows that it happens; then the doctor who answers the 15.
import { atWork, expect, signIn } from '../help.mjs';

export default async function breakGlass(walk) {
  const karim = await walk.person({ phone: true });
  await signIn(walk, karim, 'karim.demo');

  const doctor = await atWork(walk, /Anne Martin/);
  await doctor.fill('#ins', (await walk.someone('Karim')).number);
  await doctor.click('#rechercher');
  await doctor.click('#bris-de-glace');
  await doctor.waitForURL(/\/urgence$/);
  await doctor.click('#ouvrir-en-urgence');
  await walk.look(doctor, 'errors');
  await doctor.check('#danger');
  await doctor.selectOption('#motif', { index: 1 });
  await doctor.fill('#precision', 'Malaise à domicile, ne répond pas aux questions.');
  await doctor.click('#ouvrir-en-urgence');
  await doctor.waitForURL(/pro\/patients\/[^/]+$/);
  await expect(doctor, 'Accès d’urgence : encore 1');
  await walk.look(doctor, 'open');

  await karim.goto('/notifications');
  await expect(karim, 'Anne Martin');
  await expect(karim, 'urgence');
  await walk.look(karim, 'notice');
  await karim.goto('/acces');
  await expect(karim, 'Malaise à domicile');
  await walk.look(karim, 'acces');
  // Ended by the person: over at once.
  await karim.getByRole('link', { name: /Retirer.*Martin/ }).first().click();
  await karim.waitForSelector('#confirmer');
  await karim.click('#confirmer');
  await doctor.reload();
  await expect(doctor, 'Vous n’avez pas accès');

  const regulator = await atWork(walk, /Gwenn Kerbrat/);
  await regulator.fill('#ins', (await walk.someone('Karim')).number);
  await regulator.click('#rechercher');
  await regulator.click('#regulation');
  await regulator.waitForURL(/\/regulation$/);
  await walk.look(regulator, 'regulation');
  await regulator.check('#danger');
  await regulator.fill('#precision', 'Douleur dans la poitrine, appel de son épouse.');
  await regulator.click('#ouvrir-en-urgence');
  await regulator.waitForURL(/pro\/patients\/[^/]+$/);
  await karim.goto('/acces');
  await expect(karim, 'Douleur dans la poitrine');
  await karim.getByRole('link', { name: /Retirer.*Kerbrat/ }).first().click();
  await karim.waitForSelector('#confirmer');
  await karim.click('#confirmer');
}
