// Whom a person names administrator blocks another professional; the person reads who, and why.
import { atWork, expect, signIn } from '../help.mjs';

export default async function administrator(walk) {
  const camille = await walk.person({ phone: true });
  await signIn(walk, camille, 'camille.demo');
  await camille.goto('/acces/autoriser');
  await camille.fill('#qui', 'martin');
  await camille.click('#rechercher');
  await camille.getByRole('button', { name: /Autoriser.*MARTIN/ }).first().click();
  await camille.check('input[name=qualite][value=administrateur]');
  await camille.check('input[name=duree][value=jusqu-au-retrait]');
  await camille.click('#confirmer');
  await expect(camille, 'peut maintenant ouvrir');

  const doctor = await atWork(walk, /Martin/);
  await doctor.fill('#ins', (await walk.someone('Camille')).number);
  await doctor.click('#rechercher');
  await walk.look(doctor, 'acces');
  await doctor.click('#bloquer-un-confrere');
  await walk.look(doctor, 'block');
  await doctor.fill('#qui', 'lefevre');
  await doctor.click('#rechercher');
  await walk.look(doctor, 'block-found');
  await doctor.getByRole('button', { name: /Choisir/ }).first().click();
  await doctor.fill('#motif', 'Non.');
  await doctor.click('#bloquer');
  await walk.look(doctor, 'block-errors');
  await doctor.fill('#motif', 'N’est plus au cabinet depuis le mois dernier.');
  await walk.look(doctor, 'block-chosen');
  await doctor.click('#bloquer');
  await expect(doctor, 'La personne en est prévenue');
  await walk.look(doctor, 'blocked');
  await camille.goto('/acces');
  await expect(camille, 'que vous avez nommé administrateur');
  await walk.look(camille, 'acces-blocked');
  await camille.goto('/historique');
  await expect(camille, 'Blocage d’un professionnel');

  // Taken back, as it was before this story.
  for (const link of [/Débloquer/, /Retirer.*Martin/i]) {
    await camille.goto('/acces');
    await camille.getByRole('link', { name: link }).first().click();
    await camille.waitForSelector('#confirmer');
    await camille.click('#confirmer');
    await camille.waitForURL('**/acces*');
  }
  await expect(camille, 'Aucun professionnel n’a accès');
}
