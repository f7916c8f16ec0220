// Consent at the counter: the person shows a code on their phone, the professional is in at once.
import { atWork, expect, signIn } from '../help.mjs';

export default async function counter(walk) {
  const camille = await walk.person({ phone: true });
  await signIn(walk, camille, 'camille.demo');
  await camille.goto('/acces');
  await camille.click('#donner-un-code');
  await walk.look(camille, 'code-form');
  await camille.selectOption('#profession', '10');
  await camille.click('#creer');
  await camille.waitForSelector('#chiffres');
  await walk.look(camille, 'code-shown');
  const digits = (await camille.locator('#chiffres').innerText()).replace(/\D/g, '');

  const doctor = await atWork(walk, /Anne Martin/);
  await doctor.fill('#ins', (await walk.someone('Camille')).number);
  await doctor.click('#rechercher');
  await doctor.waitForURL(/\/acces$/);
  await doctor.goto(doctor.url().replace(/acces$/, 'code'));
  await walk.look(doctor, 'pro-code');
  // One digit misread, then right.
  await doctor.fill('#code', `${(Number(digits[0]) + 1) % 10}${digits.slice(1)}`);
  await doctor.click('#ouvrir');
  await expect(doctor, 'pas le code de cette personne');
  await walk.look(doctor, 'pro-code-wrong');
  await doctor.fill('#code', `${digits.slice(0, 3)} ${digits.slice(3)}`);
  await doctor.click('#ouvrir');
  await doctor.waitForURL(/pro\/patients\/[^/]+$/);
  await expect(doctor, 'prouvé par son code');
  await walk.look(doctor, 'pro-code-open');

  // Scanned, by a reader that types like a keyboard: first whose it is.
  await camille.goto('/acces/code');
  await camille.click('#creer');
  await camille.waitForSelector('.qr');
  await camille.goto('/notifications');
  await expect(camille, 'Anne Martin');
  await camille.goto('/acces');
  await expect(camille, 'Accord donné par vous');
  await walk.look(camille, 'code-acces');
  // Taken back, as it was before this story.
  await camille.getByRole('link', { name: /Retirer.*Martin/ }).first().click();
  await camille.waitForSelector('#confirmer');
  await camille.click('#confirmer');
  await expect(camille, 'Aucun professionnel n’a accès');
}
