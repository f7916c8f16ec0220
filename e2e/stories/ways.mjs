// Other ways in: ahead of any visit, with a team; and for a colleague, with the reason.
import { atWork, expect, signIn } from '../help.mjs';

export default async function ways(walk) {
  const camille = await walk.person({ phone: true });
  await signIn(walk, camille, 'camille.demo');
  await camille.goto('/acces');
  await camille.click('#autoriser');
  await camille.fill('#qui', 'sarazin');
  await camille.click('#rechercher');
  await walk.look(camille, 'found');
  await camille.getByRole('button', { name: /Autoriser.*SARRAZIN/ }).click();
  await camille.locator('#lieu').selectOption({ index: 1 });
  await walk.look(camille, 'terms');
  await camille.click('#confirmer');
  await expect(camille, 'peut maintenant ouvrir');
  await walk.look(camille, 'acces');

  const doctor = await atWork(walk, /Hugo Sarrazin/);
  await doctor.fill('#ins', (await walk.someone('Camille')).number);
  await doctor.click('#rechercher');
  await doctor.click('#collegue');
  await doctor.fill('#qui', 'lefevre');
  await doctor.click('#rechercher');
  await walk.look(doctor, 'colleague-found');
  await doctor.getByRole('button', { name: /Choisir/ }).first().click();
  await doctor.check('#accord');
  await doctor.fill('#motif', 'Lecture de la radio du genou.');
  await walk.look(doctor, 'colleague');
  await doctor.click('#declarer');
  await expect(doctor, 'pour votre confrère est enregistré');
  await camille.goto('/acces');
  await expect(camille, 'Accord recueilli par Dr Hugo Sarrazin');
  await walk.look(camille, 'acces-colleague');
}
