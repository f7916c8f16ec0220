// A professional says that a document is another patient's; its author and the person read it, and
// the person answers.
import { atWork, expect, pdf, signIn } from '../help.mjs';

const TITLE = 'Courrier de sortie';

export default async function reports(walk) {
  const author = await atWork(walk, /Garcia/);
  const theirs = await opened(walk, author);
  await author.goto(`${theirs}/deposer`);
  await author.setInputFiles('#fichier', { name: 'courrier.pdf', mimeType: 'application/pdf', buffer: pdf('Courrier de sortie') });
  await author.selectOption('#type', { index: 2 });
  await author.fill('#titre', TITLE);
  await author.locator('#moment').check();
  await author.click('main #deposer');
  await author.waitForURL('**/depots');

  const doctor = await atWork(walk, /Martin/);
  const record = await opened(walk, doctor);
  await doctor.goto(`${record}/documents`);
  await doctor.getByRole('link', { name: TITLE }).first().click();
  await doctor.click('#signaler');
  await walk.look(doctor, 'pro-report');
  await doctor.click('#confirmer');
  await walk.look(doctor, 'pro-report-errors');
  await doctor.locator('input[name=motif][value=autre-personne]').check();
  await doctor.fill('#precisions', 'Le prénom et la date de naissance sont ceux de quelqu’un d’autre.');
  await doctor.click('#confirmer');
  await expect(doctor, 'n’est peut-être pas celui de ce patient');
  await walk.look(doctor, 'pro-document-in-doubt');

  // The copy comes by a job.
  await author.goto('/pro');
  const told = author.locator('a[href^="/pro/signalements/"]');
  for (let tries = 0; tries < 50 && (await told.count()) === 0; tries += 1) {
    await author.waitForTimeout(200);
    await author.reload();
  }
  await walk.look(author, 'pro-told');
  await told.first().click();
  await author.waitForURL('**/depots');
  await walk.look(author, 'pro-deposits-reported');
  await author.getByRole('link', { name: TITLE }).first().click();
  await walk.look(author, 'pro-answer');
  await author.click('#refus');
  await walk.look(author, 'pro-answer-errors');

  const karim = await walk.person({ phone: true });
  await signIn(walk, karim, 'karim.demo');
  await karim.goto('/documents');
  await karim.getByRole('link', { name: TITLE }).first().click();
  await walk.look(karim, 'document-in-doubt');
  await karim.click('#pas-a-moi');
  await walk.look(karim, 'document-not-mine');
  await karim.goBack();
  await karim.click('#a-moi');
  await expect(karim, 'est bien à elle');
  await walk.look(karim, 'document-mine');
  await doctor.reload();
  await expect(doctor, 'est bien à elle');
  await walk.look(doctor, 'pro-document-no-doubt');
  await doctor.goto('/pro/patients/0123456789abcdef0123456789abcdef');
  await expect(doctor, 'Vous n’avez pas accès à ce dossier');
  await walk.look(doctor, 'pro-absent');
}

/** The record of somebody who agrees. */
async function opened(walk, page) {
  await page.fill('#ins', (await walk.someone('Karim')).number);
  await page.click('#rechercher');
  await page.waitForURL(/\/pro\/patients\//);
  if (await page.locator('#accord').count()) {
    await page.check('#accord');
    await page.locator('input[name=duree]').first().check();
    await page.click('#declarer');
  } else {
    await page.click('#ouvrir');
  }
  await page.waitForURL(/pro\/patients\/[^/]+$/);
  return page.url();
}
