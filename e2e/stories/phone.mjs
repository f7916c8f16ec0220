// A professional at a desk without a card reader confirms on their phone.
import { expect } from '../help.mjs';

export default async function phone(walk) {
  const desk = await walk.person();
  await desk.goto('/pro/connexion');
  await walk.look(desk, 'sign-in');
  await desk.fill('#identifiant-national', '12');
  await desk.click('#demander-au-telephone');
  await walk.look(desk, 'sign-in-errors');
  await desk.fill('#identifiant-national', '99 900 000 011');
  await desk.click('#demander-au-telephone');
  await desk.waitForURL('**/pro/attente');
  // As it is looked at, it must not go away by itself.
  await desk.getByRole('link', { name: 'Ne plus recharger' }).click();
  await walk.look(desk, 'waits');
  const code = await desk.locator('#code-du-telephone').innerText();
  const phone = await walk.person({ phone: true });
  await phone.goto('/demo/identite/telephone');
  await expect(phone, code);
  await walk.look(phone, 'phone');
  await phone.getByRole('button', { name: /Oui, c’est moi/ }).click();
  await expect(phone, 'Aucune demande');
  await walk.look(phone, 'phone-none');
  await desk.waitForTimeout(5000);
  await desk.click('#j-ai-confirme');
  await desk.waitForURL(/\/pro(\/situation)?$/);
}
