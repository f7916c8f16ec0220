// Every page of every person is looked at. Pages without a parameter come from the access table by
// themselves; those that need a step before them are led to by hand below.
import { PASSWORD, expect, pdf, signIn } from '../help.mjs';
import { matches, open, pages } from '../routes.mjs';

const label = (path) => path.slice(1).replaceAll('/', '-') || 'start';

export default async function everyPage(walk) {
  const done = async (name, part) => {
    const started = Date.now();
    await part(walk);
    console.log(`      ${name}: ${((Date.now() - started) / 1000).toFixed(0)} s`);
  };
  await done('a visitor', visitor);
  await done('somebody who activates their space', newcomer);
  await done('somebody who refuses a space', unwilling);
  await done('somebody who forgot their password', forgetful);
  await done('a professional', professional);
  await done('the person', citizen);
  await done('a parent in a child’s space', parent);
  await done('somebody who closes their space', leaving);
  const missed = pages().filter(({ route }) => ![...walk.looked].some((path) => matches(route, path)));
  if (missed.length > 0) {
    throw new Error(`not looked at: ${missed.map(({ route }) => route).join(', ')}; lead to them in stories/every-page.mjs`);
  }
}

async function everyOpen(walk, page, caller, prefix) {
  for (const path of open(caller)) {
    await page.goto(path);
    await walk.look(page, `${prefix}-${label(path)}`);
  }
}

async function visitor(walk) {
  const page = await walk.person();
  await everyOpen(walk, page, 'anyone', 'visitor');
  for (const path of ['/demo', '/demo/messages', '/demo/galerie', '/demo/galerie/pro', '/demo/galerie/question', '/nulle-part', '/pro/retour', '/pro/attente', '/demo/identite/telephone']) {
    await page.goto(path);
    await walk.look(page, `visitor-${label(path)}`);
  }
  // The summary of errors takes the focus and leads to the field.
  await page.goto('/activation');
  await page.click('#continuer');
  await walk.look(page, 'visitor-activation-errors');
  if (!(await page.evaluate(() => document.activeElement.matches('.summary')))) throw new Error('the summary has no focus');
  await page.locator('.summary a').first().click();
  if (!(await page.evaluate(() => document.activeElement.matches('input, select, textarea')))) throw new Error('the summary leads nowhere');
  await page.goto('/connexion');
  await page.fill('#identifiant', 'camille.demo');
  await page.fill('#mot-de-passe', 'faux');
  await page.click('#se-connecter');
  await walk.look(page, 'visitor-connexion-error');
  await page.goto('/langue/en?retour=/');
  await walk.look(page, 'visitor-english');
}

async function identity(page, who) {
  await page.fill('#nir', who.number);
  await page.fill('#serie', who.card);
  await page.fill('#jour', who.day);
  await page.fill('#mois', who.month);
  await page.fill('#annee', who.year);
}

async function newcomer(walk) {
  const yvette = await walk.someone('Yvette');
  const page = await walk.person({ phone: true });
  await page.goto('/activation');
  await identity(page, yvette);
  await page.click('#continuer');
  await page.waitForURL('**/activation/moyen');
  await walk.look(page, 'activation-moyen');
  await page.click('#envoyer');
  await page.waitForURL('**/activation/code');
  await walk.look(page, 'activation-code');
  await page.fill('#code', 'AAAAAAAA');
  await page.click('#valider');
  await walk.look(page, 'activation-code-wrong');
  await page.fill('#code', await walk.code(/\b[A-Z0-9]{8}\b/));
  await page.click('#valider');
  await page.waitForURL('**/activation/identifiants');
  await walk.look(page, 'activation-identifiants');
  await page.fill('#identifiant', 'camille.demo');
  await page.fill('#mot-de-passe', 'abc');
  await page.fill('#confirmation', 'abd');
  await page.click('#continuer');
  await walk.look(page, 'activation-identifiants-errors');
  await page.fill('#identifiant', 'yvette.demo');
  await page.fill('#mot-de-passe', PASSWORD);
  await page.fill('#confirmation', PASSWORD);
  await page.click('#continuer');
  await page.waitForURL(/activation\/(conditions|contact)/);
  for (const step of ['contact', 'contact/code']) {
    await page.goto(`/activation/${step}`);
    if (page.url().endsWith(`/activation/${step}`)) await walk.look(page, `activation-${label(`/${step}`)}`);
    else walk.looked.add(`/activation/${step}`);
  }
  await page.goto('/activation/conditions');
  await walk.look(page, 'activation-conditions');
  await page.check('#accord');
  await page.click('#activer');
  await page.waitForURL('**/premiers-choix');
  await walk.look(page, 'premiers-choix');
  await page.click('#enregistrer');
  await walk.look(page, 'premiers-choix-error');
  await page.locator('#visibilite').check();
  await page.click('#enregistrer');
  await page.waitForURL('**/accueil');
  await walk.look(page, 'newcomer-accueil');
  await page.goto('/acces');
  await walk.look(page, 'newcomer-acces');
}

async function professional(walk) {
  const page = await walk.person();
  await page.goto('/pro/connexion');
  await page.click('#pro-sante-connect');
  await page.waitForSelector('[id^=identite-]');
  await walk.look(page, 'identite');
  await page.getByRole('button', { name: /Anne Martin/ }).click();
  await page.waitForURL('**/pro/situation');
  await walk.look(page, 'pro-situation');
  await page.locator('input[type=radio]').first().check();
  await page.locator('main form button').click();
  await page.waitForURL('**/pro');
  await everyOpen(walk, page, 'pro, consent', 'pro');
  await page.goto('/pro');
  await page.fill('#ins', '123');
  await page.click('#rechercher');
  await walk.look(page, 'pro-error');
  const { number } = await walk.someone('Camille');
  await page.fill('#ins', number);
  await page.click('#rechercher');
  await page.waitForSelector('#accord');
  await walk.look(page, 'pro-consent');
  await page.click('#declarer');
  await walk.look(page, 'pro-consent-errors');
  await page.check('#accord');
  await page.locator('input[name=duree]').first().check();
  await page.click('#declarer');
  await page.waitForURL(/pro\/patients\/[^/]+$/);
  await walk.look(page, 'pro-record');
  await walk.print(page, 'pro-record');
  const record = page.url();
  await search(walk, page, `${record}/recherche`, 'pro-search');
  await page.goto(`${record}/documents`);
  await walk.look(page, 'pro-documents');
  await kinds(walk, page, `${record}/documents`, 'a[href*="/documents/"]', 'pro');
  await trends(walk, page, `${record}/analyses`, 'pro');
  // Of somebody else: only such a one is reported.
  await page.goto(`${record}/documents`);
  const links = await page.locator('main a[href*="/documents/"]').evaluateAll((all) => all.map((one) => one.href));
  for (const link of links) {
    await page.goto(link);
    if (await page.locator('#signaler').count()) break;
  }
  await page.click('#signaler');
  await walk.look(page, 'pro-report');
  await page.goto(`${record}/acces`);
  await walk.look(page, 'pro-consent-already');
  await page.goto(`${record}/code`);
  await page.fill('#code', '12');
  await page.click('#ouvrir');
  await walk.look(page, 'pro-code-error');
  await page.goto(`${record}/collegue`);
  await page.fill('#qui', 'lefevre');
  await page.click('#rechercher');
  await walk.look(page, 'pro-colleague-found');
  await page.getByRole('button', { name: /Choisir/ }).first().click();
  await page.click('#declarer');
  await walk.look(page, 'pro-colleague-errors');
  // Whom nobody named administrator reads that it is not theirs.
  await page.goto(`${record}/bloquer`);
  await walk.look(page, 'pro-block');
  await deposited(walk, page, record);
  await page.goto('/pro/code/faux');
  await walk.look(page, 'pro-no-code');
  await page.goto(`${record}/urgence`);
  await walk.look(page, 'pro-emergency');
  // Only who answers the calls to 15; to others it says so.
  await page.goto(`${record}/regulation`);
  await walk.look(page, 'pro-regulation');
  walk.record = record;
  walk.doctor = page;
}

/** Deposited, listed, corrected, about to be withdrawn; and a minor's secret. */
async function deposited(walk, page, record) {
  await page.goto(`${record}/deposer`);
  await page.setInputFiles('#fichier', { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('Courrier de liaison.\n') });
  await page.selectOption('#type', '11488-4');
  await page.fill('#titre', 'Courrier de liaison');
  await page.locator('#moment-2').check();
  await page.click('main #deposer');
  await page.waitForURL('**/depots');
  await walk.look(page, 'pro-deposits');
  await page.locator('a.item-title').first().click();
  await walk.look(page, 'pro-correct');
  await page.goto(await page.locator('#remplacer').getAttribute('href'));
  await walk.look(page, 'pro-replace');
  await page.goBack();
  await page.click('#retirer');
  await walk.look(page, 'pro-withdraw');
  await page.click('#confirmer');
  await page.waitForURL('**/depots');
  await page.goto('/pro');
  await page.fill('#ins', (await walk.someone('Jade')).number);
  await page.click('#rechercher');
  await page.click('#secret');
  await page.waitForURL('**/secret');
  await walk.look(page, 'pro-secret');
}

/** One document of each kind that there is to read. */
async function kinds(walk, page, list, links, prefix) {
  await page.goto(list);
  const addresses = await page.locator(`main ${links}`).evaluateAll((all) => all.map((one) => one.href));
  const seen = new Set();
  for (const address of addresses) {
    if (address.endsWith('/ajouter')) continue;
    await page.goto(address);
    const kind = await page.evaluate(() =>
      ['document-frame', 'document-image', 'document-text', 'cda', 'empty'].find((one) => document.querySelector(`.${one}`)));
    if (seen.has(kind)) continue;
    seen.add(kind);
    await walk.look(page, `${prefix}-${kind}`);
    if (kind === 'document-frame') await readable(page);
    if (kind === 'cda') await walk.print(page, `${prefix}-${kind}`);
    if (seen.size === 4) break;
  }
}

/** A browser that paints no PDF in a page (this one; many phones) still leaves a way to read it. */
async function readable(page) {
  const frame = page.locator('iframe.document-frame');
  const answer = await page.request.get(await frame.getAttribute('src'));
  const kind = answer.headers()['content-type'];
  if (!answer.ok() || !kind.startsWith('application/pdf')) throw new Error(`framed: ${answer.status()} ${kind}`);
  if (!(await answer.body()).subarray(0, 5).equals(Buffer.from('%PDF-'))) throw new Error('framed: not a PDF');
  await page.getByText('Le document ne s’affiche pas ?').waitFor();
  await page.locator('#telecharger').waitFor();
}

/** A sensitive step asks for the password again when the sign-in is a while ago. */
async function again(page) {
  if (!page.url().includes('/verification')) return;
  await page.fill('#mot-de-passe', PASSWORD);
  await page.click('#valider');
}

/** All analyses, and the one with most results over time. */
async function trends(walk, page, list, prefix) {
  await page.goto(list);
  await walk.look(page, `${prefix}-analyses`);
  const lines = await page.locator('main tbody tr').evaluateAll((all) =>
    all.map((one) => ({ href: one.querySelector('a').href, count: Number(one.lastElementChild.textContent) })));
  const longest = lines.reduce((one, other) => (other.count > one.count ? other : one));
  await page.goto(longest.href);
  await page.waitForSelector('svg.chart');
  await walk.look(page, `${prefix}-analysis`);
  await walk.print(page, `${prefix}-analysis`);
}

/** What was typed wrong, what is found, and nothing found. */
async function search(walk, page, there, prefix) {
  await page.goto(there);
  await walk.look(page, prefix);
  for (const [typed, name] of [['  …', 'errors'], ['traitement', 'found'], ['introuvablement', 'nothing']]) {
    await page.fill('#q', typed);
    await page.click('#chercher');
    await page.waitForLoadState();
    await walk.look(page, `${prefix}-${name}`);
  }
}

/** A result copied from paper. */
async function copied(walk, page) {
  await page.goto('/documents/analyses/ajouter');
  await page.click('#ajouter');
  await walk.look(page, 'analyses-ajouter-errors');
  await page.fill('#date', '2025-03-12');
  await page.selectOption('#analyse-1', 'glucose-fasting');
  await page.fill('#valeur-1', '0,92');
  await page.fill('#unite-1', 'g/L');
  await page.click('main #ajouter');
  await expect(page, 'Votre résultat est ajouté');
  await walk.look(page, 'analyses-copied');
}

/** What is measured: nothing yet, a form with its errors, values, a correction and a deletion. */
async function measured(walk, page) {
  await page.goto('/mesures');
  await walk.look(page, 'mesures-empty');
  await page.getByRole('link', { name: 'Tension artérielle' }).click();
  const form = page.url();
  await page.fill('#valeur', '79');
  await page.fill('#valeur-2', '124');
  await page.click('#enregistrer');
  await walk.look(page, 'mesure-errors');
  for (const [date, high, low] of [['2026-01-12', '138', '88'], ['2026-03-02', '131', '84'], ['2026-05-20', '124', '79']]) {
    await page.goto(form);
    await page.fill('#valeur', high);
    await page.fill('#valeur-2', low);
    await page.fill('#date', date);
    await page.fill('#heure', '08:30');
    await page.fill('#remarque', 'Au repos');
    await page.click('#enregistrer');
  }
  await page.waitForSelector('svg.chart');
  await walk.look(page, 'mesure');
  const one = await page.getByRole('link', { name: /Corriger/ }).first().getAttribute('href');
  await page.goto(one);
  await walk.look(page, 'mesure-corriger');
  await page.goto(one.replace('corriger', 'supprimer'));
  await walk.look(page, 'mesure-supprimer');
  await page.goto('/mesures');
  await page.getByRole('link', { name: 'Glycémie', exact: true }).click();
  await walk.look(page, 'mesure-ajouter');
  await page.goto('/mesures/documents');
  await page.check('#reprise');
  await page.click('#enregistrer');
  await page.waitForSelector('.banner.success');
  await walk.look(page, 'mesures');
}

/** Advance directives, written in pages, with what is wrong, then in force and revoked. */
async function directives(walk, page) {
  const form = '/documents/directives/rediger';
  await page.goto(form);
  await page.click('#continuer');
  await walk.look(page, 'directives-model-errors');
  await page.check('#modele-2');
  await page.click('#continuer');
  for (const step of ['vous', 'maladie', 'maintien', 'commencer', 'arreter', 'particulier']) {
    await page.waitForURL(`**${form}/${step}`);
    await walk.look(page, `directives-${step}`);
    if (step === 'maintien') await page.check('#maintien-2');
    await page.click('#continuer');
  }
  await page.waitForURL(`**${form}/relire`);
  await walk.look(page, 'directives-relire');
  await page.goto('/documents/directives');
  await walk.look(page, 'directives-begun');
  await page.goto('/documents/directives/brouillon/supprimer');
  await walk.look(page, 'directives-drop');
  await page.goto(`${form}/relire`);
  await page.click('#enregistrer');
  await page.waitForURL('**/documents/directives');
  await walk.look(page, 'directives-held');
  await page.goto('/documents/directives/revoquer');
  await walk.look(page, 'directives-revoke');
}

/** What is shared once, and its reader's side; the story of it looks at the rest. */
async function shared(walk, page) {
  await page.goto('/partages/nouveau');
  await again(page);
  await page.locator('#documents').check();
  await page.click('#creer');
  await page.waitForSelector('#code-de-partage');
  await walk.look(page, 'partage');
  const code = (await page.locator('#code-de-partage').innerText()).replace(/\D/g, '');
  const address = await page.locator('#lien').getAttribute('href');
  const share = page.url();
  const reader = await walk.person();
  await reader.goto(address);
  await walk.look(reader, 'reader-door');
  await reader.fill('#code', code);
  await reader.fill('#nom', 'Dr Smith, Dublin');
  await reader.selectOption('#motif', 'consultation');
  await reader.check('#soins');
  await reader.click('#ouvrir');
  await reader.waitForURL('**/partage/documents');
  await walk.look(reader, 'reader-documents');
  await reader.locator('a.item-title').first().click();
  await walk.look(reader, 'reader-document');
  await page.goto(`${share}/terminer`);
  await walk.look(page, 'partage-end');
  await page.click('#confirmer');
  await expect(page, 'Le partage est terminé');
}

/** Folders, pins, the list in another order, and several documents at once. */
async function arranged(walk, page) {
  await page.goto('/documents/dossiers');
  await page.click('#creer');
  await walk.look(page, 'dossiers-error');
  await page.fill('#nom', 'À montrer au docteur Martin');
  await page.click('#creer');
  await walk.look(page, 'dossiers');
  await page.goto(await page.locator('a[href^="/documents/dossiers/"]').first().getAttribute('href'));
  await walk.look(page, 'dossier-rename');
  await page.goto(`${page.url()}/supprimer`);
  await walk.look(page, 'dossier-delete');
  await page.goto('/documents');
  await page.locator('a.item-title').first().click();
  await page.click('#epingler');
  await page.selectOption('#dossier', { index: 1 });
  await page.click('#ranger');
  await walk.look(page, 'document-filed');
  await page.click('#lecteurs');
  await page.locator('#lecteurs-2').check();
  await page.click('#enregistrer');
  await walk.look(page, 'document-readers-error');
  await page.selectOption('#specialite', { index: 3 });
  await page.click('#enregistrer');
  await expect(page, 'Votre choix est enregistré');
  await walk.look(page, 'document-readers-some');
  // What a share sheet hands over waits for a word.
  const file = { name: 'ordonnance.txt', mimeType: 'text/plain', buffer: Buffer.from('Ordonnance partagée') };
  await page.request.post('/documents/recevoir', { headers: { 'sec-fetch-site': 'none' }, multipart: { fichier: file } });
  await page.goto('/documents/recus');
  await expect(page, 'Un fichier attend votre accord');
  await walk.look(page, 'documents-received');
  await page.click('#abandonner');
  await expect(page, 'Rien n’a été ajouté');
  // Of somebody else: only such a one is reported.
  await page.goto('/documents?tri=auteur');
  await page.locator('a.item-title').nth(1).click();
  await page.click('#signaler');
  await walk.look(page, 'document-report');
  await page.click('#confirmer');
  await walk.look(page, 'document-report-error');
  await page.locator('input[name=motif][value=erreur]').check();
  await page.fill('#precisions', 'La date du prélèvement n’est pas la bonne.');
  await page.click('#confirmer');
  await expect(page, 'Vous avez signalé une erreur');
  await walk.look(page, 'document-reported');
  await page.goto('/documents?montrer=miens');
  await page.locator('a.item-title').first().click();
  await page.click('#modifier');
  await page.fill('#titre', '');
  await page.click('#enregistrer');
  await walk.look(page, 'document-describe-error');
  await page.goto('/documents/visibilite');
  await page.locator('button[value=masquer]').first().click();
  await walk.look(page, 'documents-visibility');
  await page.goto('/documents/visibilite/tout-masquer');
  await walk.look(page, 'documents-hide-all');
  await page.goto('/documents/visibilite/tout-afficher');
  await walk.look(page, 'documents-show-all');
  await page.goto('/documents?tri=auteur');
  await walk.look(page, 'documents-by-author');
  // One of somebody else's, which stays, and one's own, which comes last.
  await page.goto('/documents?tri=auteur&choisir=oui');
  await page.locator('input[name=document]').first().check();
  await page.locator('input[name=document]').last().check();
  await walk.look(page, 'documents-choosing');
  await page.locator('button[value=supprimer]').click();
  await walk.look(page, 'documents-bulk-question');
  await page.click('#confirmer');
  await walk.look(page, 'documents-bulk-report');
}

async function citizen(walk) {
  const page = await walk.person({ phone: true });
  await signIn(walk, page, 'camille.demo', true);
  await page.goto('/documents/ajouter');
  await page.click('#ajouter');
  await walk.look(page, 'ajouter-errors');
  await page.setInputFiles('#fichier', { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('Penser à demander le carnet de vaccination de Léo.\n') });
  await page.selectOption('#categorie', 'AUTR_DOC');
  await page.fill('#titre', 'Note pour la prochaine visite');
  await page.locator('#visibilite-2').check();
  await page.click('#ajouter');
  await expect(page, 'est ajouté');
  await walk.look(page, 'ajouter-done');
  await page.goto('/documents');
  await page.getByRole('link', { name: 'Note pour la prochaine visite' }).click();
  await walk.look(page, 'document-mine');
  await page.locator('#supprimer').click();
  await page.waitForSelector('dialog[open] #confirmer');
  await walk.look(page, 'document-delete-dialog');
  await page.keyboard.press('Escape');
  await page.goto(`${page.url()}/supprimer`);
  await walk.look(page, 'document-delete-page');
  await kinds(walk, page, '/documents', 'a.item-title', 'document');
  await trends(walk, page, '/documents/analyses', 'person');
  await search(walk, page, '/documents/recherche', 'search');
  await copied(walk, page);
  await measured(walk, page);
  await page.goto('/documents?montrer=masques&au=1999-01-01');
  await walk.look(page, 'documents-none');
  await arranged(walk, page);
  await directives(walk, page);

  await page.goto('/acces/autoriser');
  await page.fill('#qui', 'sarrazin');
  await page.click('#rechercher');
  await walk.look(page, 'autoriser-found');
  await page.getByRole('button', { name: /Autoriser.*SARRAZIN/ }).click();
  await walk.look(page, 'autoriser-terms');
  for (const [n, path] of ['/acces', '/acces', '/acces'].entries()) {
    await page.goto(path);
    const link = [/Retirer/, /Bloquer/, /Débloquer/][n];
    if (n === 0) await walk.look(page, 'acces-one');
    await page.goto(await page.getByRole('link', { name: link }).first().getAttribute('href'));
    await again(page);
    await walk.look(page, ['acces-retirer', 'acces-bloquer', 'acces-lever'][n]);
    if (n === 0) continue;
    await page.click('#confirmer');
    await walk.look(page, n === 1 ? 'acces-blocked' : 'acces-lifted');
    if (n === 1) {
      await walk.doctor.goto(walk.record);
      await walk.look(walk.doctor, 'pro-blocked');
    }
  }
  await shared(walk, page);
  await page.goto('/acces/matrice?profession=60');
  await page.locator('.disclosure > summary').first().click();
  await walk.look(page, 'matrice');
  await page.goto('/historique?qui=professionnels');
  // Who opened a share has no account: nothing of theirs is contested.
  await page.locator('.event .disclosure', { hasText: 'Contester' }).first().locator('summary').click();
  await walk.look(page, 'historique-why');
  await page.getByRole('button', { name: /Contester cet accès/ }).first().click();
  await page.click('#envoyer');
  await walk.look(page, 'contestation-error');
  await page.goto('/acces');
  await walk.look(page, 'acces-contested');
  await page.goto('/historique?qui=logiciels');
  await walk.look(page, 'historique-logiciels');
  await page.goto('/historique');
  await walk.print(page, 'historique');

  await page.goto('/parametres/contact/email');
  await page.fill('#valeur', 'camille.nouvelle@exemple.fr');
  await page.click('#envoyer');
  await walk.look(page, 'contact-error');
  await page.fill('#mot-de-passe', PASSWORD);
  await page.click('#envoyer');
  await page.waitForURL('**/code');
  await walk.look(page, 'contact-code');
  await walk.code();
  await page.goto('/parametres/mot-de-passe');
  await page.click('#enregistrer');
  await walk.look(page, 'mot-de-passe-errors');
  await everyOpen(walk, page, 'the person', 'person');
  await page.goto('/parametres/mot-de-passe');
  await page.locator('.profile > summary').click();
  await walk.look(page, 'menu', { over: '.profile' });
}

async function forgetful(walk) {
  const karim = await walk.someone('Karim');
  const page = await walk.person();
  await page.goto('/connexion/oubli');
  await page.click('#envoyer');
  await walk.look(page, 'oubli-errors');
  await identity(page, karim);
  await page.click('#envoyer');
  await page.waitForURL('**/oubli/code');
  await walk.look(page, 'oubli-code');
  await page.fill('#code', await walk.code(/\b[A-Z0-9]{8}\b/));
  await page.click('#valider');
  await page.waitForURL('**/oubli/mot-de-passe');
  await walk.look(page, 'oubli-mot-de-passe');
}

async function unwilling(walk) {
  const told = await walk.someone('peut la refuser');
  const page = await walk.person({ phone: true });
  await page.goto('/opposition');
  await page.fill('#nir', '123');
  await page.click('#envoyer');
  await walk.look(page, 'opposition-errors');
  if ((await page.inputValue('#nir')) !== '123') throw new Error('what was typed is lost');
  await identity(page, told);
  await page.click('#envoyer');
  await page.waitForURL('**/opposition/code');
  await walk.look(page, 'opposition-code');
  await page.fill('#code', await walk.code(/\b[A-Z0-9]{8}\b/));
  await page.click('#valider');
  await page.waitForURL('**/opposition/choix');
  await walk.look(page, 'opposition-choix');
  await page.click('#confirmer');
  await page.waitForURL('**/opposition/attestation');
  await walk.look(page, 'opposition-attestation');
  await walk.print(page, 'opposition-attestation');
  await page.goto('/opposition/choix');
  await walk.look(page, 'opposition-nothing');
}

const MONTHS = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'];

/** A parent who gives the child's birth date where their own is asked for. */
async function mistaken(walk, words) {
  const [, day, month, year] = words.match(new RegExp(`(\\d{1,2})(?:er)?\\s(${MONTHS.join('|')})\\s(\\d{4})`));
  const camille = await walk.someone('Camille');
  const page = await walk.person();
  await page.goto('/activation');
  await identity(page, { ...camille, day, month: String(MONTHS.indexOf(month) + 1), year });
  await page.click('#continuer');
  await page.waitForURL('**/activation/moyen');
  await page.click('#envoyer');
  await page.waitForURL('**/activation/code');
  await page.fill('#code', await walk.code(/\b[A-Z0-9]{8}\b/));
  await page.click('#valider');
  await page.waitForURL('**/activation/enfants');
  await walk.look(page, 'activation-enfants');
}

async function parent(walk) {
  const page = await walk.person({ phone: true, script: false });
  await signIn(walk, page, 'camille.demo');
  await page.goto('/proches');
  await page.getByRole('button', { name: /Ouvrir son espace/ }).first().click();
  // Asked once for each space, a child's as well, before anything else is shown in it.
  await page.waitForURL('**/premiers-choix');
  await walk.look(page, 'child-premiers-choix');
  await page.locator('#visibilite').check();
  await page.click('#enregistrer');
  await page.waitForURL('**/accueil');
  await walk.look(page, 'child-accueil');
  for (const path of ['/documents', '/acces', '/historique', '/notifications', '/proches', '/parametres']) {
    await page.goto(path);
    await walk.look(page, `child-${label(path)}`);
  }
  await mistaken(walk, await page.locator('main').innerText());
}

/** The one who had just come: no other story needs them. */
async function leaving(walk) {
  const page = await walk.person({ phone: true });
  await signIn(walk, page, 'yvette.demo');
  await page.goto('/parametres');
  await page.getByRole('link', { name: /Fermer mon espace/ }).click();
  await page.waitForURL('**/parametres/fermer');
  await walk.look(page, 'parametres-fermer');
  await page.click('#confirmer');
  await walk.look(page, 'parametres-fermer-errors');
  await page.getByLabel('Tout effacer').check();
  await page.click('#confirmer');
  await page.waitForURL('**/fermeture');
  await walk.look(page, 'fermeture');
}
