# Navigation
nav-home = Accueil
nav-documents = Documents
nav-access = Accès
nav-history = Historique
nav-settings = Réglages
nav-pro-patients = Patients
nav-pro-situation = Changer de lieu d’exercice
nav-relatives = Mes proches
nav-measures = Mes mesures
nav-own-space = Mon espace
nav-own-work = Mes patients
nav-sign-in = Se connecter
acting-for = Espace de { $name }

# Who
who-holder = Vous
who-representative = Représentant légal
who-software = Logiciel
who-with-software = avec le logiciel « { $name } »
who-system = Carnet

# What was done
act-list = Consultation de la liste des documents
act-list-count = { $count ->
    [one] Consultation d’une liste de { $count } document
   *[other] Consultation d’une liste de { $count } documents
 }
act-worklist-count = { $count ->
    [0] Votre nom dans sa liste de patients
    [one] Votre nom dans sa liste de patients, avec { $count } nouveau document
   *[other] Votre nom dans sa liste de patients, avec { $count } nouveaux documents
 }
act-search-count = { $count ->
    [0] Recherche dans les documents : rien de trouvé
    [one] Recherche dans les documents : { $count } montré
   *[other] Recherche dans les documents : { $count } montrés
 }
act-read = Ouverture d’un document
act-read-results = Consultation des résultats d’analyses
act-read-measures = Consultation des mesures
act-add-measure = Ajout d’une mesure
act-correct-measure = Correction d’une mesure
act-delete-measure = Suppression d’une mesure
act-read-summary = Consultation de la synthèse du dossier
act-download = Téléchargement d’un document
act-add = Ajout d’un document
act-hide = Document masqué aux professionnels
act-show = Document rendu visible
act-choose-readers = Choix de qui peut lire un document
act-hide-all = Documents masqués ensemble, et les prochains
act-show-all = Documents rendus visibles ensemble, et les prochains
act-disclose = Document rendu visible à la personne
act-describe = Modification du titre, de la date ou du type d’un document
act-arrange = Rangement d’un document ou d’un dossier
act-delete = Suppression d’un document
act-disown = Document signalé comme étant celui de quelqu’un d’autre, et retiré
act-report = Document signalé à celui qui l’a déposé
act-answer-report = Réponse à un signalement
act-withdraw = Retrait ou correction d’un document
act-list-own = Consultation de ses propres dépôts, pour les corriger
act-read-history = Consultation de l’historique
act-prove = Téléchargement d’une preuve de l’historique
act-read-settings = Consultation des réglages
act-change-settings = Modification des réglages
act-change-contact = Modification des coordonnées ou du mot de passe
act-drop-device = Retrait d’un appareil qui affichait les notifications
act-block = Blocage d’un professionnel
act-lift = Déblocage d’un professionnel
act-end-grant = Retrait d’un accord
act-declare-consent = Déclaration de votre consentement
act-keep-secret = Consultation tenue secrète des représentants légaux
act-break-glass = Ouverture du dossier en urgence (bris de glace)
act-dispatch = Ouverture du dossier par la régulation du SAMU
act-give-code = Création d’un code d’accès
act-use-code = Utilisation du code que vous avez donné
act-find-person = Recherche de votre dossier
act-open-space = Ouverture de l’espace
act-close = Fermeture de l’espace
act-reopen = Réouverture de l’espace
act-announce = Annonce de l’ouverture de l’espace
act-oppose = Opposition à l’ouverture de l’espace
act-sign-in = Connexion
act-sign-out = Déconnexion

# By which right
right-own = C’est votre espace.
right-representation = Par représentation légale.
right-declared-consent = Vous lui avez donné votre accord, qu’il a déclaré.
right-proved-consent = Vous lui avez donné votre accord vous-même.
right-treating-doctor = C’est votre médecin traitant.
right-administrator = Vous l’avez désigné administrateur.
right-break-glass = Urgence : bris de glace.
right-dispatch = Urgence : régulation du SAMU.
right-author = Il en est l’auteur.
right-deposit = Tout professionnel doit alimenter votre dossier.
right-search = Avant l’accès : rien de médical n’est montré à cette étape.
right-system = Fonctionnement de Carnet.

# Why it was refused
refusal-state = L’espace ne le permet pas.
refusal-suspended = Son accès est suspendu.
refusal-blocked = Vous l’avez bloqué, lui ou son établissement.
refusal-opposed = Vous vous y êtes opposé.
refusal-no-way-in = Vous ne lui avez pas donné votre accord.
refusal-hidden = Vous avez masqué ce document.
refusal-matrix = Sa profession n’a pas accès à ce type de document.
refusal-withdrawn = Le document a été retiré.
refusal-stale = Le mot de passe était à saisir de nouveau.

# History
history-title = Historique d’activité
history-lead = Qui a fait quoi dans votre espace, quand, et de quel droit. Rien ne s’en efface.
history-filters = Filtrer l’historique
history-who-tous = Tout
history-who-moi = Mes actions
history-who-proches = Proches
history-who-professionnels = Professionnels
history-who-logiciels = Logiciels
history-who-carnet = Carnet
history-filter = Filtrer
history-filter-apply = Afficher
history-filter-none = Tout afficher
history-every = Tout
history-from = Du
history-to = Au
history-date-wrong = Choisissez une date, par exemple 12/06/2026.
history-doing-lectures = Lectures
history-doing-documents = Documents et mesures ajoutés, modifiés ou retirés
history-doing-acces = Accords, blocages et accès
history-doing-urgences = Urgences
history-doing-compte = Compte et réglages
history-right-soi = Son propre espace, ou celui d’un proche
history-right-accord = Avec mon accord
history-right-urgence = En urgence
history-right-auteur = Auteur du document
history-right-autre = Recherche, ou travail de Carnet
history-right-refus = Refusé
history-emergencies = Accès en urgence
history-emergencies-all = Tous les accès en urgence
history-emergency-open = En cours : { $date }
history-emergency-done = Voir ce qui a été fait
history-break-glass = Bris de glace
history-dispatch = Régulation du SAMU
history-of-one = Seulement ce qu’a fait { $name }.
history-others = { $count ->
    [one] Une autre fois
   *[other] { $count } autres fois
}
history-same = Tout ce qu’a fait { $name }
history-none = Rien ne correspond
history-none-text = Aucune action de tout l’historique n’est de ce genre. Choisissez d’autres dates, ou affichez tout.
history-none-professionnels = Aucun professionnel n’a rien consulté, ni rien fait dans cet espace.
history-export-link = Exporter
history-export-title = Exporter l’historique
history-export-lead = Un fichier de ce que vous avez choisi, à garder ou à montrer.
history-export-careful = Ce fichier dit qui a fait quoi dans votre espace. Gardez-le en lieu sûr. L’export lui-même est noté dans l’historique.
history-export-format = Format du fichier
history-export-csv = Tableau (CSV)
history-export-csv-hint = S’ouvre dans un tableur.
history-export-fhir = Données (JSON)
history-export-fhir-hint = Au format FHIR, pour un logiciel.
history-export-missing = Choisissez un format de fichier.
history-export-long = Il y a plus de { $count } lignes : choisissez des dates plus proches.
history-export-download = Télécharger le fichier
history-column-when = Date et heure
history-column-who = Qui
history-column-role = Fonction
history-column-what = Action
history-column-why = De quel droit
history-column-refused = Refusé
history-column-document = Document
history-yes = oui
history-no = non
act-export = Export de l’historique
history-what = Action
history-why = De quel droit
history-refused = Refusé
history-empty = Rien à afficher
history-empty-text = Rien n’a encore été fait dans cet espace.

# Notices
notices-title = Notifications
notices-lead = Ce que d’autres ont fait dans votre espace.
notices-read-all = Tout marquer comme lu
notices-new = Nouveau
notices-clear = Effacer celles que j’ai lues
notices-clear-hint = L’historique, lui, garde tout.
notices-cleared = Les notifications lues sont effacées. L’historique garde tout.
notices-empty = Aucune notification
notices-empty-text = Vous serez prévenu ici et par e-mail dès qu’un professionnel ou un logiciel agit dans votre espace.
notices-history = Voir tout l’historique
notices-show = Afficher
notices-show-all = Toutes
notices-show-new = Non lues
notices-all-read = Tout est lu
notices-all-read-text = Les notifications déjà lues restent dans « Toutes ».
notices-mark-read = Marquer lue
notices-mark-new = Marquer non lue
notices-open = Ouvrir le document
notices-open-access = Voir les accès
notices-open-shares = Voir les partages
notices-open-settings = Voir les réglages
notices-choices-link = Choisir ce qui m’est envoyé
notices-choices-title = Choisir ce qui vous est envoyé
notices-choices-lead = Ici, dans votre espace, toutes les notifications vous attendent. Choisissez celles que vous recevez aussi au-dehors.
notices-choices-lead-of = Pour l’espace de { $name }. Vos choix ne changent rien à ce que reçoivent les autres personnes qui le suivent.
notices-choices-words = Ces messages disent qu’il s’est passé quelque chose et où le lire. Ils ne nomment personne et ne disent rien de la santé.
notices-choices-keep = Enregistrer
notices-choices-kept = Vos choix sont enregistrés.
notices-choices-no-way = { $kind } : choisissez au moins un moyen de vous joindre, ou « Jamais ».
notices-back = Retour aux notifications
notices-when = Quand
notices-when-aussitot = Aussitôt
notices-when-jour = Une fois par jour, à 8 heures
notices-when-semaine = Une fois par semaine, le lundi à 8 heures
notices-when-jamais = Jamais
notices-by-email = Par e-mail
notices-by-sms = Par SMS
notices-also-sms = Aussi par SMS
notices-no-email = Aucune adresse confirmée.
notices-add-email = Ajouter une adresse
notices-no-phone = Aucun numéro confirmé.
notices-add-phone = Ajouter un numéro
notices-no-gateway = Pas encore proposés ici.
notices-always = Toujours envoyées, aussitôt
notices-always-why = Ces alertes ne se coupent pas : qui entrerait dans un espace à la place d’un autre commencerait par là.

# Who may
grants-title = Qui peut voir les documents
grants-lead = Les professionnels à qui vous avez donné votre accord. Vous pouvez changer d’avis à tout moment.
grants-empty = Aucun professionnel n’a accès aux documents
grants-empty-text = Un professionnel doit avoir votre accord avant d’ouvrir votre dossier. Ceux qui l’ont apparaîtront ici.
grants-forbidden-title = Réservé aux soins
grants-forbidden = Ni assureur, ni banque, ni employeur ne peut ouvrir votre dossier, même avec votre accord : la loi l’interdit.
grant-declared = Accord déclaré par le professionnel le { $date }
grant-proved = Accord donné par vous le { $date }
grant-administrator = Administrateur depuis le { $date }
grant-treating-doctor = Médecin traitant depuis le { $date }
grant-break-glass = Bris de glace le { $date }
grant-dispatch = Régulation du SAMU le { $date }
grant-reason = Motif écrit : { $reason }
grant-until = jusqu’à : { $date }
grant-open-ended = sans limite de durée
grant-end-button = Retirer l’accord
grant-end-question = Retirer l’accord donné à { $name } ?
grant-end-consequence = Ce professionnel ne pourra plus ouvrir votre dossier, sauf si vous lui redonnez votre accord.
grant-ended = L’accord donné à { $name } est retiré.

# Blocks
blocks-title = Qui est bloqué
blocks-empty = Vous n’avez bloqué personne.
block-since = Bloqué depuis le { $date }
block-by = Bloqué le { $date } par { $name }, que vous avez nommé administrateur
block-button = Bloquer
block-question = Bloquer { $name } ?
block-consequence-now = Ce professionnel ne verra plus rien de votre dossier, à l’instant même. Il n’en est pas averti.
block-consequence-emergency = Le blocage vaut aussi en cas d’urgence. Vous pourrez le lever, mais il faudra redonner votre accord.
block-consequence-deposit = Ce qui a été fait pour vous peut encore être déposé dans votre dossier : la loi le demande.
block-place-now = Personne, dans ce lieu, ne verra plus rien de votre dossier, à l’instant même. Le lieu n’en est pas averti.
block-place-emergency = Cela vaut aussi en cas d’urgence : si vous y êtes soigné sans pouvoir parler, personne n’y ouvrira votre dossier. Vous pourrez lever le blocage, mais il faudra redonner vos accords.
block-place-elsewhere = Qui travaille aussi ailleurs peut encore l’ouvrir de là-bas, s’il a votre accord.
blocked = { $name } est bloqué et ne voit plus rien de votre dossier.
lift-button = Débloquer
lift-question = Débloquer { $name } ?
lift-consequence = Cela ne lui redonne pas accès : il devra de nouveau obtenir votre accord.
lifted = { $name } n’est plus bloqué.

# Blocking somebody found in the directory
never-met-open = Bloquer quelqu’un d’autre
never-met-title = Bloquer un professionnel ou un établissement
never-met-lead = Même si vous ne l’avez jamais rencontré. Il n’en sera pas averti.
never-met-label = Nom
never-met-hint = Vous pouvez ajouter son prénom, sa profession ou sa ville. Exemple : Martin Lyon
never-met-search = Rechercher
never-met-found = { $count ->
    [0] Aucun résultat
    [one] { $count } résultat
   *[other] { $count } résultats
 }
never-met-first = Les { $count } premiers résultats
never-met-nobody = Vérifiez le nom, ou essayez avec le nom seul.
never-met-more = Il y en a d’autres. Ajoutez un prénom, une profession ou une ville.
never-met-number = Numéro : { $number }
never-met-inactive = n’exerce plus, d’après l’annuaire
never-met-blocked = Vous l’avez déjà bloqué.

# Messages that leave by e-mail: never a word of health
notice-mail-subject = Du nouveau dans votre espace Carnet
notice-opened = Un professionnel a obtenu l’accès à votre espace.
notice-added = Un élément a été ajouté dans votre espace.
notice-consulted = Un élément de votre espace a été consulté.
notice-disclosed = Un élément de votre espace est maintenant visible.
notice-withdrawn = Un élément de votre espace a été retiré.
notice-blocked-attempt = Un professionnel que vous avez bloqué a tenté d’accéder à votre espace. L’accès a été refusé.
notice-emergency = Un professionnel a ouvert votre espace en urgence. Connectez-vous pour savoir qui et pourquoi.
notice-emergency-of-relative = Un professionnel a ouvert en urgence l’espace d’une personne que vous représentez. Connectez-vous, puis ouvrez son espace pour savoir qui et pourquoi.
notice-changed = Un réglage de votre espace a été modifié.
notice-mail-body = Bonjour,

    { $what }

    Pour en savoir plus, connectez-vous : { $origin }

    Carnet ne vous demandera jamais votre mot de passe ni un code par e-mail ou par téléphone.

notice-mail-relative = Bonjour,

    { $what }
    Cela concerne l’espace d’une personne que vous représentez : ouvrez-le depuis « Mes proches ».

    Pour en savoir plus, connectez-vous : { $origin }

    Carnet ne vous demandera jamais votre mot de passe ni un code par e-mail ou par téléphone.
notice-sms = Carnet : du nouveau dans votre espace. { $origin }
notice-sms-security = Carnet : une alerte de sécurité vous attend dans votre espace. { $origin }
notice-digest-subject = Résumé de votre espace Carnet
notice-digest-line = – { $what }{ $count ->
    [one] {""}
   *[other] {" "}({ $count } fois)
 }
notice-digest-body = Bonjour,

    Depuis le dernier résumé :

    { $lines }

    Pour en savoir plus, connectez-vous : { $origin }

    Vous choisissez ce qui vous est envoyé, et quand, dans « Notifications ».
notice-digest-relative = Bonjour,

    Depuis le dernier résumé, dans l’espace d’une personne que vous représentez :

    { $lines }

    Pour en savoir plus, connectez-vous, puis ouvrez cet espace depuis « Mes proches » : { $origin }

    Vous choisissez ce qui vous est envoyé, et quand, dans « Notifications ».
notice-digest-sms = { $count ->
    [one] Carnet : { $count } nouveauté dans votre espace. { $origin }
   *[other] Carnet : { $count } nouveautés dans votre espace. { $origin }
 }

# How long
lasting-label = Pour combien de temps ?
lasting-missing = Choisissez la durée de l’accès.
lasting-consultation = Cette consultation
lasting-consultation-hint = 24 heures.
lasting-trois-mois = Trois mois
lasting-trois-mois-hint = Le temps d’un suivi.
lasting-jusqu-au-retrait = Jusqu’à ce que j’y mette fin
lasting-jusqu-au-retrait-hint = Vous pourrez retirer l’accès à tout moment.

# The code at the counter
code-open = Donner un code
code-title = Donner un code à un professionnel
code-lead = Au cabinet ou à la pharmacie, montrez un code : le professionnel qui est devant vous ouvre votre dossier, et personne d’autre.
code-profession = À quel professionnel ?
code-profession-hint = Le code ne servira qu’à quelqu’un de cette profession.
code-profession-wrong = Choisissez une profession de la liste.
code-any = N’importe quel professionnel de santé
code-make = Créer le code
code-shown-title = Votre code
code-shown-lead = Montrez le carré, ou dites les six chiffres. Ne l’envoyez à personne.
code-qr = Code carré à scanner par le professionnel
code-digits = ou ces six chiffres
code-fact-who = Pour
code-fact-lasting = Accès ouvert pour
code-fact-until = À utiliser avant
code-shown-after = Le code sert une seule fois. Vous serez prévenu quand il aura servi, et le professionnel apparaîtra dans vos accès.
code-back = Voir mes accès
code-withdraw = Annuler ce code
code-withdrawn = Le code est annulé. Il n’ouvre plus rien.

# Other ways in
act-consent-for-colleague = Déclaration de votre consentement pour un confrère
act-authorise = Autorisation d’un professionnel ou d’un établissement
right-establishment = Vous avez donné votre accord à son établissement.
right-care-team = Il travaille dans l’équipe de soins d’un professionnel à qui vous avez donné votre accord.
refusal-explicit = Un médecin du travail doit avoir votre accord exprès : un code, ou une autorisation de votre part.
grants-given = Accords que vous avez donnés
grants-declared = Accords déclarés par les professionnels
grants-emergencies = Accès d’urgence
grant-to-facility = Tous les professionnels de l’établissement
grant-to-team = Son équipe de soins : ceux qui travaillent avec lui à cet endroit
grant-via = Accord recueilli par { $name } le { $date }
code-team = Et son équipe de soins
code-team-hint = Les professionnels qui travaillent avec lui au même endroit, tant que votre accord dure.
code-fact-team = Et
code-fact-team-yes = Son équipe de soins

# Letting somebody in from the directory
authorise-open = Autoriser quelqu’un d’avance
authorise-title = Autoriser d’avance
authorise-lead = Un professionnel ou un établissement de l’annuaire, sans attendre un rendez-vous.
authorise-kind = Qui cherchez-vous ?
authorise-professionnel = Un professionnel
authorise-etablissement = Un établissement entier
authorise-label = Nom
authorise-found = { $count ->
    [0] Aucun résultat
    [one] { $count } résultat
   *[other] { $count } résultats
 }
authorise-first = Les { $count } premiers résultats
authorise-number = Numéro national : { $number }
authorise-blocked = Vous l’avez bloqué. Débloquez-le d’abord, dans vos accès.
authorise-choose = Autoriser
authorise-whom = Autoriser { $name }
authorise-capacity = En quelle qualité ?
authorise-capacity-wrong = Choisissez une qualité de la liste.
authorise-consulter = Consulter mon dossier
authorise-consulter-hint = Ce que sa profession permet, sauf ce que vous masquez.
authorise-medecin-traitant = C’est mon médecin traitant
authorise-medecin-traitant-hint = Il est aussi prévenu des accès d’urgence. Il remplace celui que vous aviez nommé, et le reste jusqu’à ce que vous changiez d’avis.
authorise-administrateur = Administrateur de mon dossier
authorise-administrateur-hint = Il voit aussi ce que vous masquez aux professionnels. À réserver à quelqu’un de confiance.
authorise-lasting = Pour combien de temps, s’il s’agit de consulter ?
authorise-team = Et ceux qui travaillent avec lui ?
authorise-team-hint = Son équipe de soins, à cet endroit, tant que l’accord que vous lui donnez dure.
authorise-alone = Lui seul
authorise-place-wrong = Choisissez un lieu de la liste.
authorise-button = Autoriser
authorise-after = Vous pourrez changer d’avis à tout moment. Chaque consultation sera inscrite dans votre historique.
authorised = { $name } peut maintenant ouvrir votre dossier.

proof-title = Preuve de l’historique
proof-link = Emporter une preuve de cet historique
proof-lead = Un fichier signé, à garder chez vous : il permet de vérifier plus tard, sans nous croire, que votre historique n’a pas été réécrit.
proof-shows = Ce qu’elle montre
proof-shows-lines = Chaque ligne de votre historique, telle que vous la voyez aujourd’hui.
proof-shows-altered = Que le fichier n’a pas changé : une lettre modifiée, une ligne retirée, une fin coupée se voient.
proof-shows-two = Avec une preuve plus ancienne : qu’aucune ligne n’a été changée ni effacée entre les deux.
proof-shows-not = Ce qu’elle ne montre pas
proof-shows-not-all = Ce que vous n’avez pas le droit de voir n’y est pas, et ne s’y devine pas.
proof-shows-not-true = Elle dit ce qui a été enregistré, pas que cela est vrai.
proof-careful = Le fichier nomme les professionnels qui ont ouvert votre espace. Gardez-le comme un document de santé.
proof-download = Télécharger la preuve
proof-back = Retour à l’historique
proof-check = Vérifier une preuve
proof-check-text = Le logiciel libre Carnet la vérifie sur n’importe quel ordinateur, sans Internet, avec cette commande :
proof-key = La clé publique de cette installation, à noter avec le fichier :

# The matrix
matrix-open = Qui peut voir quoi
matrix-title = Qui peut voir quoi
matrix-lead = Chaque profession n’a accès qu’à certains types de documents, même avec votre accord.
matrix-proposed-title = Proposition par défaut
matrix-proposed = La matrice officielle n’est pas publique sous forme de données. Celle-ci est composée à partir de ce qui en est connu.
matrix-imported = Matrice importée par l’exploitant.
matrix-imported-version = Matrice importée par l’exploitant, version { $version }.
matrix-profession = Profession
matrix-choose = Choisissez une profession
matrix-show = Montrer
matrix-sum = { $count ->
    [0] aucun type de documents sur { $all }
    [one] { $count } type de documents sur { $all }
   *[other] { $count } types de documents sur { $all }
 }
matrix-of = { $count } sur { $all }
matrix-limits = Seulement avec votre accord ou en urgence, et jamais ce que vous masquez, sauf à l’administrateur que vous nommez ou si vous le permettez en urgence.
matrix-may = Peut consulter
matrix-may-not = Ne peut pas consulter

# Why
why = Pourquoi ?
why-own = C’était permis parce que c’est votre espace.
why-representation = C’était permis parce que cette personne vous représente légalement.
why-declared-consent = C’était permis parce que ce professionnel a déclaré que vous lui aviez donné votre accord.
why-proved-consent = C’était permis parce que vous lui aviez donné votre accord vous-même, par un code ou depuis votre espace.
why-establishment = C’était permis parce que vous aviez donné votre accord à tout son établissement.
why-care-team = C’était permis parce qu’il travaille avec un professionnel à qui vous aviez donné votre accord, équipe comprise.
why-treating-doctor = C’était permis parce que vous l’avez nommé médecin traitant.
why-administrator = C’était permis parce que vous l’avez nommé administrateur de votre dossier.
why-break-glass = C’était permis parce qu’il a attesté que vous étiez en danger et ne pouviez pas répondre, et que vous ne vous y étiez pas opposé.
why-dispatch = C’était permis parce qu’il répondait à un appel au 15 vous concernant, et que vous ne vous y étiez pas opposé.
why-author = C’était permis parce qu’il est l’auteur du document, et que chacun peut corriger ou retirer ce qu’il a déposé.
why-deposit = C’était permis parce que la loi demande à chaque professionnel d’alimenter votre dossier ; cela ne donne rien à lire.
why-search = C’était permis parce qu’il faut pouvoir vérifier qui vous êtes avant de vous demander votre accord ; rien de médical n’est montré.
why-system = C’était permis parce que le service en a besoin pour fonctionner ; personne n’a rien lu.
why-read-declared-consent = C’était permis parce qu’il a déclaré que vous lui aviez donné votre accord, que sa profession a accès à ces types de documents et que vous ne les aviez pas masqués, ou qu’il en est l’auteur.
why-read-proved-consent = C’était permis parce que vous lui aviez donné votre accord vous-même, que sa profession a accès à ces types de documents et que vous ne les aviez pas masqués, ou qu’il en est l’auteur.
why-read-establishment = C’était permis parce que vous aviez donné votre accord à tout son établissement, que sa profession a accès à ces types de documents et que vous ne les aviez pas masqués.
why-read-care-team = C’était permis parce qu’il travaille avec un professionnel à qui vous aviez donné votre accord, que sa profession a accès à ces types de documents et que vous ne les aviez pas masqués.
why-read-treating-doctor = C’était permis parce que vous l’avez nommé médecin traitant et que sa profession a accès à ces types de documents.
why-read-administrator = C’était permis parce que vous l’avez nommé administrateur, qui voit aussi ce que vous masquez, et que sa profession a accès à ces types de documents.
why-read-break-glass = C’était permis parce qu’il a attesté que vous étiez en danger, que vous ne vous y étiez pas opposé et que sa profession a accès à ces types de documents.
why-read-dispatch = C’était permis parce qu’il répondait à un appel au 15 vous concernant, que vous ne vous y étiez pas opposé et que sa profession a accès à ces types de documents.
why-read-author = C’était permis parce qu’il en est l’auteur.
why-read-own = C’était permis parce que c’est votre espace.
why-read-representation = C’était permis parce que cette personne vous représente légalement.
why-read-deposit = C’était permis parce que la loi demande à chaque professionnel d’alimenter votre dossier.
why-read-search = C’était permis parce qu’il faut pouvoir vérifier qui vous êtes ; rien de médical n’est montré.
why-read-system = C’était permis parce que le service en a besoin pour fonctionner ; personne n’a rien lu.
why-not-state = C’était refusé parce que l’espace n’était pas ouvert à cela à ce moment.
why-not-suspended = C’était refusé parce que l’accès de cette personne au service était suspendu.
why-not-blocked = C’était refusé parce que vous l’avez bloqué, lui ou l’établissement d’où il venait, et qu’un blocage l’emporte toujours, même en urgence.
why-not-explicit = C’était refusé parce qu’un médecin du travail doit avoir votre accord exprès.
why-not-opposed = C’était refusé parce que vous vous êtes opposé à ce type d’accès en urgence.
why-not-no-way-in = C’était refusé parce que rien ne lui donnait accès : ni votre accord, ni une équipe, ni une urgence.
why-not-hidden = C’était refusé parce que vous avez masqué ce document aux professionnels.
why-not-matrix = C’était refusé parce que sa profession n’a pas accès à ce type de document.
why-not-withdrawn = C’était refusé parce que le document n’existe plus.
why-not-stale = C’était refusé parce qu’il fallait d’abord montrer de nouveau son identité.
why-grant-proved = Vous lui avez donné votre accord vous-même : il voit ce que sa profession permet, sauf ce que vous masquez.
why-grant-declared = Il a déclaré, devant vous, que vous étiez d’accord : il voit ce que sa profession permet, sauf ce que vous masquez.
why-grant-secret = Vous avez demandé que cette consultation reste secrète pour vos représentants. Ils n’en voient rien.
why-grant-via = Un confrère a déclaré que vous étiez d’accord, pour la raison écrite ci-dessus : il voit ce que sa profession permet, sauf ce que vous masquez, et ne peut pas transmettre cet accord.
why-grant-administrator = Vous l’avez nommé administrateur : il voit ce que sa profession permet, y compris ce que vous masquez.
why-grant-treating-doctor = Vous l’avez nommé médecin traitant : il voit ce que sa profession permet, et il est prévenu des accès d’urgence.
why-grant-facility = Vous avez donné votre accord à l’établissement : chaque professionnel qui y travaille voit ce que sa profession permet, sauf ce que vous masquez.
why-grant-team = Vous avez donné votre accord à ce professionnel et à son équipe : ceux qui travaillent avec lui à cet endroit voient ce que leur profession permet, tant que cet accord dure.
why-grant-emergency = Il a attesté d’une urgence, et vous ne vous étiez pas opposé à cet accès : il dure quelques heures et l’exploitant le vérifie.

# Contesting an access
act-contest = Message à propos d’un accès contesté
notice-answered = Vous avez reçu une réponse à propos d’un accès que vous contestez.
contest-button = Contester cet accès
contest-see = Voir la contestation
contest-title = Accès contesté
contest-lead = L’exploitant vérifie cet accès et vous répond ici. Il n’a aucun écran pour lire vos documents.
contested = Votre contestation est envoyée. Vous pouvez préciser pourquoi.
contest-you = Vous
contest-operator = L’exploitant
contest-waits = Vous serez prévenu dès qu’il y aura une réponse. En attendant, vous pouvez bloquer ce professionnel dans vos accès.
contest-message = Ajouter un message
contest-message-hint = Par exemple : je n’ai jamais rencontré cette personne. N’écrivez rien de médical. 1 000 caractères au plus.
contest-message-wrong = Écrivez un message de 1 000 caractères au plus.
contest-send = Envoyer
contest-said = Votre message est envoyé.
contests-title = Accès que vous contestez

# Sharing once
sharing-open-page = Partager une fois
who-bearer = { $name } (identité non vérifiée)
who-bearer-purpose = motif : { $purpose }
purpose-consultation = consultation
purpose-emergency = urgence
purpose-second-opinion = deuxième avis
purpose-follow-up = suivi
purpose-pharmacy = pharmacie
purpose-hospital = hospitalisation
purpose-program = lecture par un logiciel de soins
act-share = Création d’un partage
act-end-share = Fin d’un partage
act-open-share = Ouverture d’un partage
act-leave-note = Note laissée par un lecteur d’un partage
act-drop-note = Réponse à une note laissée
right-share = Vous avez partagé ces documents.
refusal-wrong-code = Le code saisi n’était pas le bon.
why-share = C’était permis parce que vous avez partagé ces documents, et que le code a été saisi.
why-read-share = C’était permis parce que vous avez choisi ce document dans un partage encore ouvert, et que le code a été saisi.
why-not-wrong-code = C’était refusé parce que le code saisi n’était pas le bon. Après quelques essais, il ne sert plus.
notice-share-opened = Quelqu’un a ouvert un partage que vous avez fait.
notice-note-left = Un lecteur de votre partage vous a laissé une note.

# Taking everything away
act-take-away = Demande d’une archive de l’espace
act-gather = Préparation de l’archive demandée
act-fetch-archive = Téléchargement de l’archive de l’espace
notice-archive-ready = L’archive que vous avez demandée est prête.

# Appareils
notice-push-title = Carnet
notice-push = Du nouveau dans votre espace.
notice-push-security = Une alerte de sécurité vous attend dans votre espace.
notice-push-digest = { $count ->
    [one] { $count } nouveauté dans votre espace.
   *[other] { $count } nouveautés dans votre espace.
 }
devices-title = Sur l’écran de vos appareils
devices-words = Un téléphone ou un ordinateur affiche « Du nouveau dans votre espace », rien de plus. Le service de notifications de son navigateur ne peut pas lire le message ; il sait seulement qu’il en est passé un.
devices-script = Ajouter un appareil demande JavaScript, dans un navigateur qui sait afficher des notifications. Le reste de cette page s’en passe.
devices-refused = Ce navigateur refuse les notifications de ce site. Autorisez-les dans ses réglages, puis rechargez cette page.
devices-failed = Ce navigateur n’a pas pu s’abonner. Réessayez plus tard, ou dans un autre navigateur.
devices-none = Aucun appareil n’affiche vos notifications.
devices-since = Depuis le { $day }
devices-name = Nom de cet appareil
devices-name-hint = Pour le reconnaître dans la liste, par exemple « Mon téléphone ».
devices-name-missing = Donnez un nom à cet appareil, de 40 caractères au plus.
devices-add = Afficher mes notifications ici
devices-added = « { $name } » affiche maintenant vos notifications. Choisissez ci-dessous lesquelles.
devices-drop = Ne plus afficher ici
devices-dropped = « { $name } » n’affiche plus vos notifications.
devices-full = Dix appareils affichent déjà vos notifications : retirez-en un d’abord.
devices-foreign = Ce navigateur passe par un service de notifications que cette installation n’admet pas. Essayez dans un autre navigateur.
devices-broken = Le navigateur n’a pas donné de quoi le joindre. Rechargez la page et recommencez.
devices-at-home = Pour ajouter un appareil, revenez dans votre espace.
notices-by-push = Sur mes appareils
notices-also-push = Aussi sur mes appareils

act-write-directives = Directives anticipées écrites, confirmées ou révoquées
act-remind = Rappel de relire un document
notice-to-review = Quelque chose est à relire dans votre espace.
notice-reported = Il y a du nouveau sur un signalement dans votre espace.
notices-open-review = Voir ce qui est à relire

# What one voice may write
block-too-many = Vous avez déjà bloqué { $count } professionnels : c’est le plus que Carnet garde pour une personne. Vous pouvez encore masquer tous vos documents aux professionnels : Documents, puis « Qui peut lire ».
authorise-too-many = Vous avez déjà { $count } autorisations en cours. Retirez-en une dans « Accès », puis recommencez.
contest-too-many = Vous avez déjà contesté { $count } accès en vingt-quatre heures. Dites le reste dans une contestation déjà ouverte, ou revenez demain.
