# Connexion

practice-sign-in-title = Espace des professionnels
practice-sign-in-lead = Consultez le dossier d’une personne que vous soignez, avec son accord.
practice-sign-in-button = Se connecter avec Pro Santé Connect
practice-sign-in-means = Il vous faut votre e-CPS, ou votre carte CPS et un lecteur.
practice-sign-in-other = Vous cherchez votre propre carnet de santé ?
practice-sign-in-failed = Vous n’êtes pas connecté
practice-sign-in-cancelled = La connexion a été interrompue sur Pro Santé Connect. Vous pouvez la reprendre.
practice-sign-in-expired = La connexion a pris trop de temps, ou a été commencée dans un autre onglet. Recommencez depuis cette page.
practice-sign-in-unavailable = Pro Santé Connect ne répond pas. Attendez quelques minutes, puis réessayez.
practice-sign-in-level = Cette connexion n’est pas assez sûre. Utilisez votre e-CPS ou votre carte CPS.
practice-sign-in-no-situation = Pro Santé Connect ne nous a transmis aucune situation d’exercice. Vérifiez votre situation au répertoire national (RPPS), puis réessayez.
practice-sign-in-somebody-else = La carte présentée est celle de quelqu’un d’autre. Utilisez la vôtre, ou déconnectez-vous d’abord.
practice-sign-in-inactive = D’après l’annuaire des professionnels de santé, vous n’exercez plus. Si c’est une erreur, adressez-vous à votre ordre, ou à l’assistance.
practice-sign-in-suspended = Votre accès est suspendu : trop de dossiers ont été ouverts pour la première fois, ou d’une façon inhabituelle. Si ce n’était pas vous, prévenez aussitôt l’exploitant ; lui seul peut lever la suspension.
practice-sign-in-refused = La connexion n’a pas abouti. Réessayez ; si cela se répète, contactez l’assistance.

# Vérification

practice-verify-title = Confirmez que c’est bien vous
practice-verify-lead = Cette étape est sensible. Présentez de nouveau votre e-CPS ou votre carte CPS : vous reviendrez ensuite ici, et ce que vous avez saisi est conservé.
practice-verify-failed = Vous n’avez pas été reconnu
practice-verify-go = Continuer avec Pro Santé Connect

# Situation d’exercice

practice-situation-title = Votre situation d’exercice
practice-situation-lead = Les personnes verront en quelle qualité, et d’où, vous consultez leur dossier.
practice-situation-legend = Vous exercez en ce moment comme
practice-situation-no-place = Lieu d’exercice non précisé
practice-situation-missing = Choisissez la situation dans laquelle vous exercez en ce moment.
practice-situation-go = Continuer
practice-at-work = Vous exercez comme { $situation }

# Recherche

practice-patients-title = Trouver une personne
practice-patients-lead = Par son matricule INS, le numéro de sécurité sociale de la personne elle-même.
practice-number-label = Matricule INS
practice-number-hint = 15 caractères, clé comprise. Les espaces sont acceptées.
practice-number-missing = Saisissez le matricule INS de la personne.
practice-number-wrong = Ce numéro n’est pas valable. Vérifiez chacun des 15 caractères.
practice-birth-label = Date de naissance
practice-birth-hint = Pour éviter une erreur de personne. Par exemple 12/03/1974.
practice-birth-wrong = Saisissez la date sous la forme jour/mois/année, par exemple 12/03/1974.
practice-find = Rechercher
practice-find-again = Rechercher une personne
practice-find-traced = Chaque recherche aboutie est inscrite dans l’historique de la personne.
practice-nobody-title = Aucun dossier accessible avec ce numéro
practice-nobody-text = Vérifiez le matricule et, si vous l’avez saisie, la date de naissance.

# Identité

practice-patient = Patient
practice-born = { $sex ->
    [female] née
    [male] né
   *[other] né(e)
} le { $date }
practice-ins-long = Identité nationale de santé
practice-ins-masked = Matricule en partie masqué
practice-sex-female = Femme
practice-sex-male = Homme
practice-sex-unknown = Sexe non précisé
practice-identity-title = Est-ce la bonne personne ?
practice-identity-lead = Vérifiez ces traits d’identité avec elle avant d’aller plus loin.
practice-family = Nom de naissance
practice-given = Prénoms
practice-birth = Naissance
practice-sex = Sexe
practice-open = Ouvrir le dossier
practice-open-already = Vous avez déjà accès à ce dossier.
practice-other-person = Autre personne

# Consentement

practice-consent-title = Déclarer le consentement
practice-consent-lead = Vous n’avez pas encore accès à ce dossier. La personne doit d’abord être informée et donner son accord. Elle en sera prévenue et pourra vous retirer l’accès à tout moment.
practice-consent-certify = J’ai informé la personne et elle accepte que je consulte son dossier.
practice-consent-certify-hint = Accéder à un dossier sans l’accord de la personne est puni par la loi.
practice-consent-missing = Cochez la case si la personne a été informée et a donné son accord.
practice-consent-duration = Pour combien de temps ?
practice-consent-duration-missing = Choisissez la durée que la personne a acceptée.
practice-consent-consultation = Cette consultation
practice-consent-consultation-hint = 24 heures.
practice-consent-trois-mois = Trois mois
practice-consent-trois-mois-hint = Le temps d’un suivi.
practice-consent-jusqu-au-retrait = Jusqu’à ce que la personne y mette fin
practice-consent-jusqu-au-retrait-hint = Demandez-le-lui expressément.
practice-consent-declare = Déclarer et ouvrir le dossier
practice-consent-done = Le consentement est enregistré. La personne en est prévenue.

# Urgence

practice-emergency-title = La personne ne peut pas répondre ?
practice-emergency-lead = En cas de danger immédiat, vous pouvez ouvrir son dossier sans son accord, sauf si elle s’y est opposée.
practice-emergency-told = Tout le monde en sera prévenu
practice-emergency-told-text = La personne, ses représentants et son médecin traitant sont prévenus aussitôt. L’exploitant vérifie chaque accès.
practice-emergency-lasts = { $hours ->
    [one] L’accès dure une heure au plus.
   *[other] L’accès dure { $hours } heures au plus.
}
practice-emergency-reason = Motif
practice-emergency-reason-choose = Choisissez un motif
practice-emergency-reason-missing = Choisissez le motif de l’accès en urgence.
practice-emergency-written = Précisez en quelques mots
practice-emergency-written-hint = De 20 à 500 caractères. La personne et son médecin traitant liront ce texte.
practice-emergency-written-wrong = Écrivez de 20 à 500 caractères : ce qui se passe et pourquoi le dossier est nécessaire.
practice-emergency-done = Accès d’urgence ouvert. La personne et ses proches en sont prévenus.
practice-emergency-left = Accès d’urgence : encore { $hours } h { $minutes } min. La personne en est prévenue.
practice-glass-title = Ouvrir en urgence (bris de glace)
practice-glass-lead = Seulement si la personne ne peut pas exprimer sa volonté et court un danger immédiat.
practice-glass-certify = La personne ne peut pas exprimer sa volonté et elle est en danger immédiat.
practice-glass-certify-missing = Cochez la case si la personne ne peut pas s’exprimer et est en danger immédiat.
practice-glass-open = Ouvrir le dossier en urgence
practice-dispatch-title = Régulation du SAMU (centre 15)
practice-dispatch-lead = Pour un appel au 15 en cours, qui concerne cette personne.
practice-dispatch-certify = Je régule un appel en cours pour cette personne.
practice-dispatch-certify-missing = Cochez la case si vous régulez un appel en cours pour cette personne.
practice-dispatch-open = Ouvrir le dossier pour cet appel
practice-told-title = Accès d’urgence chez vos patients
practice-told = { $person } : dossier ouvert en urgence, { $at }

# Dossier

practice-no-access-title = Vous n’avez pas accès à ce dossier
practice-no-access-text = Votre accès n’existe pas ou a pris fin : sa durée est passée, la personne l’a retiré ou vous a bloqué, ou cette adresse vient d’une autre session. Rouvrez le dossier depuis votre liste de patients ou la recherche. Si votre accès a pris fin, redemandez-le à la personne, avec elle.
practice-record-title = Documents
practice-right-declared = Consentement déclaré le { $since }, jusqu’à ce que la personne y mette fin.
practice-right-declared-until = Consentement déclaré le { $since }, valable jusqu’à : { $until }.
practice-right-proved = Consentement donné par la personne le { $since }.
practice-right-proved-until = Consentement donné par la personne le { $since }, valable jusqu’à : { $until }.
practice-right-treating = Vous êtes son médecin traitant depuis le { $since }.
practice-right-treating-until = Vous êtes son médecin traitant depuis le { $since }, jusqu’à : { $until }.
practice-right-administrator = La personne vous a nommé administrateur le { $since }.
practice-right-administrator-until = La personne vous a nommé administrateur le { $since }, jusqu’à : { $until }.
practice-right-break-glass = Accès d’urgence (bris de glace) du { $since }.
practice-right-break-glass-until = Accès d’urgence (bris de glace) du { $since }, jusqu’à : { $until }.
practice-right-dispatch = Accès de régulation médicale du { $since }.
practice-right-dispatch-until = Accès de régulation médicale du { $since }, jusqu’à : { $until }.
practice-empty-title = Aucun document pour l’instant
practice-empty-text = Aucun document ne vous est accessible dans ce dossier.
practice-filter-category = Catégorie
practice-filter-all = Toutes
practice-filter-go = Filtrer
practice-filter-clear = Tout afficher
practice-count = { $count ->
    [0] Aucun document sur { $all } ne correspond.
    [one] { $count } document sur { $all }.
   *[other] { $count } documents sur { $all }.
}
practice-newest = Les plus récents
practice-shelves = Aller à une catégorie
practice-shelf-goes-on = { $shelf } (suite)
practice-none-text = Cherchez un mot plus court, ou affichez tous les documents.
practice-column-date = Date
practice-column-document = Document
practice-column-author = Auteur
practice-hidden = Masqué aux professionnels
practice-by-holder = Ajouté par la personne

# Document

practice-document-download = Télécharger
practice-document-replaced = Une version plus récente de ce document existe.
practice-document-newer = Voir la version la plus récente
practice-document-older = Voir la version précédente
practice-document-about = À propos de ce document

# Code de la personne

practice-code-here = La personne a son téléphone ?
practice-code-here-text = Elle peut créer un code dans son espace, rubrique Accès. Le consentement est alors prouvé, et non déclaré.
practice-code-title = Saisir le code de la personne
practice-code-lead = La personne lit les six chiffres dans son espace, rubrique Accès, puis « Donner un code ».
practice-code-label = Code à six chiffres
practice-code-hint = Par exemple 482 913. Si la personne vous montre un carré, scannez-le plutôt : rien à saisir.
practice-code-six = Saisissez les six chiffres du code.
practice-code-wrong = Ce n’est pas le code de cette personne, ou il est réservé à une autre profession. Vérifiez avec elle chacun des six chiffres : après cinq essais, elle devra en créer un autre.
practice-code-over = Ce code n’est plus valable : il a déjà servi, il est trop ancien, ou trop d’essais ont été faits. Demandez à la personne d’en créer un autre.
practice-code-open = Ouvrir le dossier
practice-code-done = Le consentement de la personne est prouvé par son code.
practice-code-scanned = Le code vient de cette personne. Vérifiez ses traits d’identité avec elle, puis ouvrez son dossier.
practice-no-code-title = Ce code n’ouvre rien

# Équipe, confrère, médecin du travail

practice-consent-team = L’accord vaut aussi pour l’équipe de soins : { $place }
practice-consent-team-hint = Les professionnels qui y travaillent avec vous, tant que l’accord qui vous est donné dure. Dites-le à la personne.
practice-explicit-title = Accord exprès de la personne
practice-explicit-text = Un médecin du travail n’ouvre un dossier qu’avec l’accord exprès de la personne : elle vous donne un code, ou vous autorise depuis son espace. Elle peut refuser sans conséquence.
practice-right-establishment = La personne a donné son accord à votre établissement le { $since }.
practice-right-establishment-until = La personne a donné son accord à votre établissement le { $since }, jusqu’à : { $until }.
practice-right-team = Équipe de soins : la personne a donné son accord le { $since }.
practice-right-team-until = Équipe de soins : la personne a donné son accord le { $since }, jusqu’à : { $until }.
practice-colleague-open = Accord pour un confrère
practice-colleague-title = Recueillir l’accord pour un confrère
practice-colleague-whom = Accord pour { $name }
practice-colleague-lead = La personne accepte qu’un autre professionnel, à qui vous l’adressez, consulte son dossier. Elle en sera prévenue, avec votre nom et le motif.
practice-colleague-name = Nom du confrère
practice-colleague-name-hint = Vous pouvez ajouter sa profession ou sa ville. Exemple : Martin Lyon
practice-colleague-nobody = Personne à ce nom dans l’annuaire. Vérifiez le nom, ou essayez avec le nom seul.
practice-colleague-more = Il y en a d’autres. Ajoutez un prénom, une profession ou une ville.
practice-colleague-choose = Choisir
practice-colleague-certify = J’ai informé la personne et elle accepte que ce confrère consulte son dossier.
practice-colleague-missing = Cochez la case si la personne a été informée et a donné son accord.
practice-colleague-reason = Pourquoi ?
practice-colleague-reason-hint = De 10 à 300 caractères. La personne lira ce texte.
practice-colleague-reason-wrong = Écrivez de 10 à 300 caractères : pourquoi ce confrère a besoin du dossier.
practice-colleague-duration-hint = Jamais plus longtemps que votre propre accès.
practice-colleague-declare = Enregistrer l’accord
practice-colleague-done = L’accord pour votre confrère est enregistré. La personne en est prévenue.

# Un document qui attend
practice-document-waits = Le patient ne voit pas encore ce document
practice-document-waits-text = Vous l’avez déposé pour le lui expliquer d’abord. Une fois que c’est fait, il pourra le lire ; il en sera prévenu.
practice-document-disclose = Je le lui ai expliqué : le rendre visible

# Déposer

practice-deposit-link = Déposer un document
practice-deposit-title = Déposer dans le dossier
practice-deposit-lead = Ce que vous déposez entre dans le dossier de la personne, à votre nom. Elle en est prévenue.
practice-deposit-type = Type de document
practice-deposit-type-hint = Un document CDA dit déjà le sien : vous pouvez alors ne rien choisir.
practice-deposit-type-missing = Choisissez le type du document.
practice-deposit-date-hint = Celle de l’acte ou de la rédaction. Sans date, ce sera celle d’aujourd’hui.
practice-deposit-when = Quand la personne le voit-elle ?
practice-deposit-when-missing = Choisissez quand la personne voit le document.
practice-deposit-when-tout-de-suite = Tout de suite
practice-deposit-when-tout-de-suite-hint = Elle est prévenue de l’ajout.
practice-deposit-when-annonce = Après que je le lui aurai annoncé
practice-deposit-when-annonce-hint = Vous le rendrez visible depuis « Mes dépôts ». Les types qui ont un délai (analyses, imagerie) le deviennent au plus tard à son terme.
practice-deposit-when-delai = Au bout du délai prévu pour ce type
practice-deposit-when-delai-hint = Seulement pour les types qui en ont un : les analyses et l’imagerie, par exemple.
practice-deposit-when-at-once = Un document de ce type est montré tout de suite : choisissez « Tout de suite ».
practice-deposit-when-no-delay = Aucun délai n’est prévu pour ce type : choisissez « Tout de suite », ou « Après que je le lui aurai annoncé ».
practice-deposit-hidden = Masquer aux autres professionnels
practice-deposit-hidden-hint = Vous, la personne et son administrateur continuez de le voir.
practice-deposit-nobody = Un document qui attend une annonce ne peut pas être aussi masqué aux professionnels : décochez cette case, ou montrez-le tout de suite.
practice-deposit-secret = Ne pas le montrer aux représentants légaux
practice-deposit-secret-hint = À la demande du mineur (articles L. 1111-5 et L. 1111-5-1 du code de la santé publique). Rien ne leur en dira l’existence. Le mineur et les professionnels autorisés le voient.
practice-secret = Caché aux représentants
practice-deposit-button = Déposer
practice-deposit-done = Le dépôt est enregistré. La personne en est prévenue.
practice-deposit-done-quietly = Le dépôt est enregistré. Personne n’en est prévenu pour l’instant.
practice-deposit-refused = { $count ->
    [one] Rien n’est déposé : un fichier ne convient pas
   *[other] Rien n’est déposé : { $count } fichiers ne conviennent pas
}
practice-deposit-again = Choisissez de nouveau vos fichiers : votre navigateur ne les garde pas. Rien n’a encore été déposé.
practice-deposit-already = déjà présent dans ce dossier, sous le titre « { $title } ».
practice-deposit-other-person = ce document porte l’identité d’une autre personne. Vérifiez le dossier ouvert et le fichier choisi.

# Ses dépôts

practice-deposits-title = Mes dépôts
practice-deposits-link = Mes dépôts
practice-deposits-lead = Ce que vous avez déposé dans ce dossier : vous pouvez le corriger, le remplacer ou le retirer.
practice-deposits-empty = Vous n’avez rien déposé dans ce dossier
practice-deposits-empty-text = Les documents déposés à votre nom, ici ou par votre logiciel, apparaîtront sur cette page.
practice-deposits-received = déposé le { $day }
practice-deposits-waits = Attend votre annonce
practice-deposits-withdrawn = Retiré
practice-deposits-replaced = Remplacé
practice-deposits-still = Corriger ou retirer ce que vous avez déposé
practice-correct-title = Corriger un dépôt
practice-correct-done = La correction est enregistrée.
practice-correct-stays = Cela ne se retire pas ici.
practice-correct-hidden-hint = Vous, la personne et son administrateur continuez de le voir. Vous ne pourrez pas revenir sur ce choix ; la personne le pourra.
practice-open-document = Lire
practice-replace-link = Déposer une nouvelle version
practice-replace-title = Déposer une nouvelle version
practice-replace-lead = Elle remplacera « { $title } ». L’ancienne version reste consultable depuis la nouvelle.
practice-replace-file = Fichier
practice-replace-one-file = Choisissez un seul fichier : une version n’en a qu’un.
practice-replace-done = La nouvelle version est enregistrée. La personne en est prévenue.
practice-replace-gone = Ce document a été remplacé ou retiré entre-temps. Rien n’a été déposé.
practice-withdraw-link = Retirer le document
practice-withdraw-title = Retirer ce document ?
practice-withdraw-text = Plus personne ne pourra le lire, et il sera détruit au bout du délai prévu. Un document retiré ne redevient pas visible : il faudrait le déposer de nouveau.
practice-withdraw-told = La personne sera prévenue du retrait.
practice-withdraw-quiet = La personne ne le voyait pas, ou ses représentants non plus : personne n’en sera prévenu.
practice-withdraw-done = Le document est retiré.
practice-announce-done = La personne voit maintenant ce document. Elle en est prévenue.

# Watch over first openings: why the card is asked for, one sentence each
practice-verify-because = Pourquoi cette demande
practice-verify-because-hint = Si c’est votre activité ordinaire, présentez votre carte et continuez. Si ce n’est pas vous, prévenez aussitôt l’exploitant.
practice-budget-slowed = Beaucoup de dossiers viennent d’être ouverts pour la première fois. Patientez une minute, puis renvoyez ce formulaire : ce que vous avez saisi est conservé.
watch-volume = Votre compte ouvre pour la première fois { $count } dossiers en un jour ; l’usage, dans un lieu comme le vôtre, est de { $usual } au plus.
watch-unlinked = Pour { $count } des { $usual } dossiers ouverts en un jour, rien d’autre que votre déclaration ne vous relie à la personne.
watch-hours = { $count } dossiers ont été ouverts à des heures où un lieu comme le vôtre est d’ordinaire fermé.
watch-row = Sur les { $usual } derniers dossiers ouverts, { $count } se suivent comme dans un registre, ce qui n’arrive guère par hasard.
watch-organisation = Les comptes de votre organisation ont ouvert ensemble { $count } dossiers pour la première fois, pour { $usual } prévus.
watch-hour = Votre compte a ouvert { $count } dossiers pour la première fois en une heure.
watch-people = Votre compte est allé voir { $count } personnes en une heure ; l’usage, dans un lieu comme le vôtre, est de { $usual } au plus.
watch-volume-operator = Volume : { $count } premiers accès en un jour, pour { $usual } d’usage dans un lieu de ce genre.
watch-unlinked-operator = Sans lien de soins : pour { $count } des { $usual } personnes d’un jour, seul le compte dit qu’elles étaient d’accord.
watch-hours-operator = Heures : { $count } premiers accès quand un lieu de ce genre est d’ordinaire fermé.
watch-row-operator = À la suite : sur les { $usual } derniers premiers accès, { $count } suivent l’ordre d’un registre.
watch-organisation-operator = Organisation : ses comptes ont fait ensemble { $count } premiers accès, pour { $usual } prévus.
watch-people-operator = Personnes : { $count } en une heure, de quelque droit que ce soit, pour { $usual } d’usage dans un lieu de ce genre.
watch-hour-operator = Rythme : plus de { $count } premiers accès en une heure.

# Synthèse, vue en deux minutes
practice-summary-title = Synthèse
practice-since = Depuis votre dernière visite ({ $when })
practice-since-none = Rien de nouveau.
practice-since-count = { $count ->
    [one] { $count } nouveau document
   *[other] { $count } nouveaux documents
}
practice-new = Nouveau
practice-timeline = { $count ->
    [one] { $count } document
   *[other] { $count } documents, les plus récents d’abord
}
practice-all-documents = Tous les documents, par catégorie

# Liste de patients
practice-list-title = Vos patients
practice-list-empty-title = Votre liste est vide
practice-list-empty-text = Les personnes qui vous ouvrent leur dossier paraissent ici, tant que vous y avez droit. Cherchez une personne par son matricule ou par ses traits d’identité, ou scannez son code.
practice-list-opened = vu { $when }
practice-list-never = jamais ouvert
practice-list-new = { $count ->
    [one] { $count } nouveau document
   *[other] { $count } nouveaux documents
}
practice-list-until = Accès jusqu’à : { $until }
practice-scan = Vous pouvez aussi scanner ici le code que la personne vous montre.

# Recherche par traits
practice-traits-link = Sans le numéro : par les traits d’identité
practice-traits-title = Chercher par les traits d’identité
practice-traits-lead = Les cinq traits de l’état civil, exactement. Le résultat est une seule personne, ou personne.
practice-traits-family = Nom de naissance
practice-traits-family-hint = Le premier nom de famille, celui de l’acte de naissance.
practice-traits-family-missing = Saisissez le nom de naissance.
practice-traits-given = Premier prénom de l’acte de naissance
practice-traits-given-hint = Un seul, même s’il y en a d’autres.
practice-traits-given-missing = Saisissez le premier prénom.
practice-traits-birth-hint = Par exemple 12/03/1974.
practice-traits-birth-missing = Saisissez la date sous la forme jour/mois/année, par exemple 12/03/1974.
practice-traits-sex-missing = Choisissez le sexe de l’état civil.
practice-traits-place = Lieu de naissance (code INSEE)
practice-traits-place-hint = Cinq caractères : 75056 pour Paris, 2A004 pour Ajaccio, 99 et le code du pays pour l’étranger.
practice-traits-place-wrong = Saisissez le code INSEE du lieu de naissance : cinq caractères, par exemple 75056.
practice-traits-nobody-title = Aucun dossier accessible avec ces traits
practice-traits-nobody-text = Vérifiez chacun des cinq traits avec la personne, ou utilisez son matricule INS. Chaque recherche est comptée.

# Touches
practice-keys = Une touche ouvre ce qui la porte. Échap quitte un champ.
practice-keys-on = Activer ces touches
practice-keys-off = Désactiver ces touches

# Le secret d’un mineur

practice-secret-title = Consultation secrète d’un mineur
practice-secret-link = Consultation secrète
practice-secret-lead = À la demande du mineur, ses représentants légaux ne sauront rien de cette consultation.
practice-secret-what = Ce qui leur reste caché
practice-secret-what-text = Pendant 24 heures, tout ce que vous consultez et déposez dans ce dossier : les documents, votre accès, l’historique, les avis et les comptes. Le mineur le voit, et les professionnels autorisés voient les documents selon les règles habituelles.
practice-secret-not = Un retrait ou une correction d’un document que les représentants connaissent déjà, un bris de glace ou un accord donné à un confrère leur restent visibles.
practice-secret-certify = Le mineur s’oppose à ce que ses représentants soient informés, et j’ai cherché à obtenir qu’il les associe.
practice-secret-certify-hint = Articles L. 1111-5 et L. 1111-5-1 du code de la santé publique. Une personne majeure de son choix l’accompagne, le cas échéant.
practice-secret-missing = Cochez la case si le mineur demande le secret et que vous avez cherché à obtenir l’information de ses représentants.
practice-secret-begin = Commencer la consultation secrète
practice-secret-begun = La consultation secrète commence. Rien n’en est montré aux représentants légaux.
practice-secret-end = Terminer la consultation secrète
practice-secret-end-text = Une fois terminée, ce que vous ferez dans ce dossier sera de nouveau visible des représentants. Ce qui a été fait reste secret.
practice-secret-ended = La consultation secrète est terminée.
practice-secret-until = Consultation secrète, jusqu’à : { $until }. Les représentants légaux n’en voient rien.
practice-secret-offer = Le mineur demande le secret ?
practice-secret-offer-text = Vous pouvez le recevoir sans que ses représentants légaux en sachent rien.
practice-deposit-all-secret = Tout ce que vous déposez maintenant reste caché aux représentants légaux.

# Documents retirés
practice-removed-title = Documents retirés
practice-removed = Un document a été retiré { $at } d’un dossier où il n’avait pas sa place. Vous l’aviez ouvert { $opened } : ne vous y fiez plus.
practice-removed-own = Un document que vous aviez déposé a été retiré { $at } : il n’était pas à la personne. Il est détruit au bout du délai prévu. Déposez-le de nouveau dans le bon dossier.

# Bloquer un confrère
practice-block-open = Bloquer un professionnel
practice-block-title = Bloquer un autre professionnel
practice-block-whom = Bloquer { $name }
practice-block-lead = La personne vous a nommé administrateur. Qui est bloqué ne voit plus rien du dossier, même en urgence. La personne en est prévenue aussitôt : elle lit dans son espace votre nom et le motif, et elle seule peut lever le blocage.
practice-block-name = Nom du professionnel
practice-block-reason = Pourquoi ?
practice-block-reason-hint = De 10 à 300 caractères. La personne lira ce texte.
practice-block-reason-wrong = Écrivez de 10 à 300 caractères : pourquoi ce professionnel ne doit plus avoir accès.
practice-block-named = La personne a elle-même confié un rôle à { $name } : elle seule peut bloquer ce professionnel. Parlez-en avec elle.
practice-block-inactive = n’exerce plus
practice-block-do = Bloquer
practice-block-done = Ce professionnel est bloqué. La personne en est prévenue.

# Signalements
practice-reported-title = Documents signalés
practice-reported-told = Un document que vous avez déposé est signalé ({ $when })
practice-reported-tag = Signalé
practice-reported-text = Corrigez le document ou déposez une nouvelle version, puis dites-le ici. Ou dites pourquoi il reste comme il est. La personne lira votre réponse.
practice-reported-reason = Pourquoi il reste comme il est
practice-reported-reason-hint = Seulement s’il reste comme il est. Quelques mots, que la personne lira.
practice-reported-why = Dites pourquoi le document reste comme il est, en 500 signes au plus.
practice-reported-seen = J’ai vu
practice-reported-corrected = C’est corrigé
practice-reported-stays = Le laisser comme il est
practice-reported-correct = Corriger ce qui le décrit
practice-reported-seen-done = La personne sait que vous avez vu son signalement.
practice-reported-done = La personne est prévenue de votre réponse.
practice-reported-elsewhere-text = Vérifiez à qui est ce document. S’il n’est pas à cette personne, retirez-le : il sort de son espace, et vous pourrez le déposer dans le bon dossier. S’il est à elle, dites-le ci-dessous.
practice-reported-take-out = Ce n’est pas le sien : le retirer
practice-reported-taken-out = Le document est retiré de ce dossier. Déposez-le maintenant dans le bon.
practice-report-words-hint = Quelques mots, lus par celui qui a déposé le document et par la personne. N’y nommez pas un autre patient.
practice-report-then = Ce qui se passe ensuite
practice-report-then-text = Celui qui a déposé le document reçoit votre signalement et votre profession, pas votre nom. La personne lit dans son espace que vous l’avez signalé, et pourquoi.
practice-report-then-other = Un document qui n’est pas celui de ce patient n’est pas retiré tout de suite : c’est la personne, ou celui qui l’a déposé, qui le confirme. En attendant, un avertissement s’affiche à tous ceux qui l’ouvrent.
practice-report-taken = Vous avez déjà signalé ce document, ou dix de vos signalements attendent une réponse dans ce dossier. Attendez-en une avant d’en envoyer un autre.
practice-report-done = Votre signalement est envoyé à celui qui a déposé le document. Vous suivrez sa réponse ici.
practice-document-doubt = Ce document n’est peut-être pas celui de ce patient (signalé { $when })
practice-document-doubt-text = Personne n’a encore confirmé. Vérifiez le nom et la date de naissance dans le document avant de vous y fier.

# Confirming on one’s phone
practice-phone-offer = Pas de lecteur de carte ?
practice-phone-offer-lead = Confirmez sur votre téléphone, avec votre e-CPS.
practice-phone-field = Votre identifiant national
practice-phone-field-hint = Votre numéro RPPS, par exemple 10 000 000 018.
practice-phone-ask = Confirmer sur mon téléphone
practice-phone-wrong = Écrivez votre numéro RPPS (11 chiffres), ou l’identifiant national qui figure sur votre carte.
practice-phone-too-many = Trop de demandes en une heure, pour cet identifiant ou depuis ce lieu. Attendez une heure, ou connectez-vous avec Pro Santé Connect.
practice-phone-title = Confirmez sur votre téléphone
practice-phone-lead = Si l’identifiant qui finit par { $end } est le vôtre, votre application e-CPS vous demande de confirmer. Vous avez deux minutes.
practice-phone-code = Ce code doit être aussi sur votre téléphone
practice-phone-compare = Si le code est un autre, ou si vous n’avez rien demandé, refusez : quelqu’un essaie d’entrer à votre place.
practice-phone-done = J’ai confirmé
practice-phone-looks = Cette page se recharge toutes les 5 secondes.
practice-phone-stop = Ne plus recharger
practice-phone-stopped = La page ne se recharge plus toute seule : après avoir confirmé, appuyez sur « J’ai confirmé ».

# What one voice may write
practice-block-too-many = Vous avez déjà bloqué { $count } professionnels dans ce dossier : c’est le plus possible. La personne peut en bloquer d’autres elle-même.
practice-colleague-too-many = Vous avez déjà recueilli l’accord de cette personne pour { $count } collègues : c’est le plus possible. Un autre collègue le recueille avec elle.
practice-secret-too-many = Vous avez déjà commencé { $count } consultations secrètes avec cette personne en vingt-quatre heures. Revenez demain.
