# The list
documents-title = Documents
documents-count = { $count ->
    [0] Ordonnances, résultats, comptes rendus : tout au même endroit.
    [one] { $count } document
   *[other] { $count } documents
 }
documents-add = Ajouter
documents-add-first = Ajouter un document
documents-filter = Filtrer
documents-filter-apply = Appliquer
documents-filter-category = Catégorie
documents-filter-every = Toutes
documents-filter-which = Montrer
documents-filter-none = Voir tous les documents
documents-which-all = Tous
documents-which-mine = Ajoutés par moi
documents-which-hidden = Masqués aux professionnels
documents-found = { $count ->
    [one] { $count } document correspond.
   *[other] { $count } documents correspondent.
 }
documents-position = { $first } à { $last } sur { $total }
documents-empty-title = Aucun document pour l’instant
documents-empty-text = Ceux que vos professionnels de santé déposeront paraîtront ici. Vous pouvez aussi ajouter les vôtres.
documents-none-title = Aucun document ne correspond
documents-none-text = Changez de catégorie, ou revenez à la liste entière.
documents-tag-new = Nouveau
documents-tag-mine = Ajouté par vous
documents-tag-person = Ajouté par le patient
documents-tag-hidden = Masqué aux professionnels
documents-tag-unsorted = Pas encore lisible par les professionnels

# One document
documents-about = À propos de ce document
documents-fact-date = Date du document
documents-fact-author = Auteur
documents-fact-said = Description
documents-fact-organization = Établissement
documents-fact-type = Type
documents-fact-added = Ajouté
documents-fact-file = Fichier
documents-fact-hash = Empreinte du fichier (SHA-1)
documents-fact-visibility = Visibilité
documents-type-unknown = Type inconnu
documents-added-by = { $when }, par { $by }
documents-by-you = vous
documents-by-person = le patient
documents-visibility-shown = Visible par les professionnels autorisés
documents-visibility-hidden = Masqué aux professionnels
documents-content = Contenu du document
documents-frame = Contenu de « { $title } »
documents-frame-help = Le document ne s’affiche pas ? Téléchargez-le pour l’ouvrir sur votre appareil.
documents-image = Image : { $title }
documents-pages = { $count ->
    [one] { $count } page
   *[other] { $count } pages
}
documents-scan-title = Ce PDF est une image
documents-scan-text = Son texte ne peut pas être lu par une synthèse vocale, ni copié. Vous pouvez demander à la personne qui l’a écrit une version dont le texte se lit.
documents-recognised = Texte reconnu dans l’image
documents-recognised-text = Ce texte a été reconnu automatiquement : il peut contenir des erreurs. Seul le document fait foi.
documents-locked-title = Ce PDF est protégé
documents-locked-text = S’il demande un mot de passe, c’est celui que vous a donné la personne qui l’a écrit : Carnet ne le connaît pas. Vous pouvez aussi le télécharger pour l’ouvrir avec un autre logiciel.
documents-text-cut = Ce texte est long : seul le début est affiché. Téléchargez le document pour lire la suite.
documents-body-none = Ce document ne peut pas être affiché ici
documents-body-kind = Les navigateurs ne savent pas afficher ce type de fichier. Téléchargez-le pour l’ouvrir avec un logiciel de votre appareil.
documents-body-unreadable = Son contenu n’est pas écrit comme prévu. Téléchargez le fichier d’origine, ou demandez une nouvelle version à la personne qui l’a déposé.
documents-body-too-long = Il est trop long pour tenir dans une page. Téléchargez-le pour le lire.
documents-newer-title = Une version plus récente existe
documents-newer-link = Ouvrir la version la plus récente
documents-older-link = Voir la version précédente de ce document
documents-unsorted-text = Le type de ce document n’est pas connu de Carnet : les professionnels ne peuvent pas encore le lire.
documents-download = Télécharger
documents-download-original = Télécharger le fichier d’origine (XML)
documents-hide = Masquer aux professionnels
documents-show = Rendre visible
documents-why-hide = Que change le masquage ?
documents-why-hide-text = Un document masqué n’est plus lu par les professionnels que vous avez autorisés. La personne qui l’a déposé y garde accès, et vous aussi. Vous pouvez changer d’avis à tout moment.
documents-why-not-delete = Vous pouvez supprimer seulement les documents que vous avez ajoutés.
documents-hidden-done = Le document est masqué aux professionnels.
documents-shown-done = Le document est de nouveau visible par les professionnels autorisés.
documents-delete = Supprimer
documents-delete-question = Supprimer ce document ?
documents-delete-named = « { $title } »
documents-delete-consequence = Le document et son fichier seront effacés pour tout le monde. Cette action est définitive : gardez-en une copie si vous en avez besoin.
documents-deleted-done = Le document est supprimé.

# Adding
documents-add-title = Ajouter des documents
documents-add-lead = Un résultat, une ordonnance, une photo d’un papier : gardez-les avec le reste de votre dossier.
documents-add-button = Ajouter
documents-field-files = Fichiers
documents-file-hint = PDF, photo (JPEG, PNG, TIFF) ou texte. { $size } au plus par fichier, { $count } fichiers au plus à la fois.
documents-together = Réunir les photos en un seul document
documents-together-hint = Chaque photo JPEG devient une page d’un PDF, dans l’ordre où vous les choisissez.
documents-pages-title = Pages photographiées
documents-pages-help = Vos photos sont réduites avant l’envoi, et le lieu de la prise de vue n’y figure plus.
documents-photograph = Photographier une page
documents-page-of = Page {"{n}"} sur {"{of}"}
documents-page-button = {"{do}"}, page {"{n}"}
documents-page-up = Avancer
documents-page-down = Reculer
documents-page-turn = Tourner
documents-page-grey = Noir et blanc
documents-page-remove = Supprimer
documents-page-crop = Rogner
documents-page-crop-top = Bord du haut
documents-page-crop-right = Bord de droite
documents-page-crop-bottom = Bord du bas
documents-page-crop-left = Bord de gauche
documents-page-added = Page {"{n}"} ajoutée.
documents-page-moved = C’est maintenant la page {"{n}"} sur {"{of}"}.
documents-page-stays = La page {"{n}"} ne peut pas aller plus loin.
documents-page-turned = Page {"{n}"} tournée d’un quart de tour vers la droite.
documents-page-greyed = Page {"{n}"} en noir et blanc.
documents-page-coloured = Page {"{n}"} en couleurs.
documents-page-cropped = Page {"{n}"} rognée.
documents-page-removed = Page {"{n}"} supprimée, il en reste {"{of}"}.
documents-page-unread = Cette image ne s’ouvre pas dans votre navigateur : elle sera envoyée telle quelle.
documents-page-lighter = Les pages sont allégées pour tenir dans un document.
documents-page-not-jpeg = seules des photos JPEG peuvent être réunies en un document. Enregistrez-la en JPEG, ou décochez « Réunir les photos ».
documents-page-damaged = cette photo est abîmée, incomplète ou trop grande. Reprenez-la, puis choisissez de nouveau toutes les pages.
documents-field-category = Catégorie
documents-category-choose = Choisissez
documents-field-title = Titre
documents-field-title-hint = 100 caractères au plus. Sans titre, nous reprendrons le nom du fichier.
documents-field-date = Date du document
documents-field-date-hint = Celle qui est écrite dessus. Sans date, ce sera celle d’aujourd’hui.
documents-field-visibility = Qui peut le lire ?
documents-visible = Moi et les professionnels que j’autorise
documents-visible-hint = Utile pour votre suivi.
documents-masked = Moi seulement
documents-masked-hint = Masqué aux professionnels ; vous pourrez changer d’avis.
documents-added = { $count ->
    [one] Votre document est ajouté.
   *[other] Vos { $count } documents sont ajoutés.
 }
documents-colon = {" "}:
documents-choose-again = Corrigez les champs signalés, puis choisissez de nouveau vos fichiers : votre navigateur ne les garde pas. Rien n’a encore été ajouté.
documents-refused-title = { $count ->
    [one] Un fichier n’a pas été ajouté
   *[other] { $count } fichiers n’ont pas été ajoutés
 }
documents-file-missing = Choisissez au moins un fichier à ajouter.
documents-file-too-many = Choisissez { $count } fichiers au plus, et ajoutez les autres ensuite.
documents-file-refused = Remplacez les fichiers refusés, puis choisissez-les de nouveau : voyez la raison pour chacun.
documents-category-missing = Choisissez la catégorie de vos documents.
documents-visibility-missing = Choisissez qui peut lire vos documents.
documents-title-too-long = Raccourcissez le titre : 100 caractères au plus.
documents-title-control = Le titre contient un caractère invisible. Effacez-le et saisissez le titre au clavier.
documents-date-bad = Saisissez une date qui existe, par exemple 12/03/2026.
documents-date-future = La date du document ne peut pas être dans le futur. Saisissez celle d’aujourd’hui ou d’avant.
documents-already = déjà présent dans vos documents, sous le titre « { $title } ».
documents-already-open = Ouvrir ce document
documents-added-said = Nous avons repris les titres et les dates écrits dans les fichiers : vérifiez-les.
documents-check-title = Vérifiez ce que dit le fichier
documents-check-lead = Le document est gardé. Voici ce que nous avons lu dedans : corrigez ce qui n’est pas juste.
documents-check-save = C’est juste
documents-check-later = Plus tard
documents-unfit-empty = ce fichier est vide. Vérifiez-le et choisissez-le de nouveau.
documents-unfit-too-large = ce fichier dépasse { $size }. Réduisez la taille de la photo, ou scannez en qualité « document ».
documents-unfit-active = c’est une page web ou un script. Ouvrez-la et imprimez-la au format PDF, puis ajoutez ce PDF.
documents-unfit-program = c’est un programme, pas un document. Choisissez un PDF, une photo ou un texte.
documents-unfit-archive = c’est une archive. Ouvrez-la et ajoutez les documents qu’elle contient.
documents-unfit-office = c’est un fichier de bureautique. Enregistrez-le au format PDF, puis ajoutez ce PDF.
documents-unfit-image = ce format d’image n’est pas lisible partout. Enregistrez la photo en JPEG (sur iPhone : Réglages, Appareil photo, Formats, « Le plus compatible »).
documents-unfit-locked = ce PDF est protégé par un mot de passe. Ouvrez-le, enregistrez-en une copie sans protection (par exemple avec « Imprimer », puis « PDF »), et ajoutez cette copie.
documents-unfit-cda = ce document de santé (XML) est abîmé ou incomplet. Demandez-le de nouveau, ou ajoutez sa version PDF.
documents-unfit-unknown = ce type de fichier n’est pas accepté. Enregistrez-le en PDF, en JPEG ou en texte (UTF-8).
documents-unfit-infected = ce fichier contient un virus et n’a pas été gardé. Ne l’ouvrez pas ; demandez-en une autre copie à qui vous l’a donné.
documents-unfit-too-many = Beaucoup de documents ont déjà été ajoutés en vingt-quatre heures. Revenez demain.
documents-unfit-unexamined = ce fichier n’a pas pu être vérifié contre les virus. Ajoutez-le de nouveau dans quelques minutes.

# Results of laboratories
results-title = Résultats d’analyses
results-lead = Toutes vos analyses, avec le dernier résultat de chacune.
results-link = Analyses
results-heading = Les résultats
results-report = Le compte rendu en entier
results-count = { $count ->
    [one] { $count } résultat.
   *[other] { $count } résultats.
 }
results-out = { $count ->
    [one] { $count } est à regarder.
   *[other] { $count } sont à regarder.
 }
results-analyses = { $count ->
    [one] { $count } analyse.
   *[other] { $count } analyses.
 }
results-last-out = { $count ->
    [one] Pour { $count }, le dernier résultat est à regarder.
   *[other] Pour { $count }, le dernier résultat est à regarder.
 }
results-caption = Dernier résultat de chaque analyse
results-all = Tous les résultats
results-column-name = Analyse
results-column-value = Résultat
results-column-range = Valeurs de référence
results-column-judged = Repère
results-column-last = Dernier résultat
results-column-previous = Résultat précédent
results-column-count = Résultats
results-column-date = Date
results-column-source = Source
results-none = non rendu
results-no-range = non indiquées
results-specimen = Examiné : { $specimen }.
results-normal = Dans les valeurs de référence
results-low = Bas
results-very-low = Très bas
results-high = Élevé
results-very-high = Très élevé
results-abnormal = Inhabituel
results-resistant = Résistant
results-intermediate = Sensibilité intermédiaire
results-sensitive = Sensible
results-positive = Positif
results-negative = Négatif
results-care = Un résultat hors des valeurs de référence n’est pas toujours le signe d’une maladie. Parlez-en avec votre médecin.
results-care-trend = D’un laboratoire à l’autre, les méthodes et les valeurs de référence peuvent changer. Parlez de l’évolution avec votre médecin.
results-empty-title = Aucun résultat pour l’instant
results-empty-text = Les résultats des comptes rendus de laboratoire paraîtront ici, analyse par analyse.
results-legend-band = Valeurs de référence du dernier compte rendu
results-legend-out = Résultat à regarder
results-converted = Les résultats rendus dans une autre unité sont convertis en { $unit } ; le résultat d’origine est écrit dessous.
results-original = Rendu : { $value }
results-repeated = Rappelé dans un compte rendu plus récent
results-source = Compte rendu
results-download = Télécharger le tableau (CSV)
results-chart-count = { $count ->
    [one] { $count } résultat.
   *[other] { $count } résultats.
 }
results-chart-moved = Premier : { $first }. Dernier : { $last }.
results-csv-date = date
results-csv-analysis = analyse
results-csv-value = résultat
results-csv-unit = unité
results-csv-original = résultat d’origine
results-csv-range = valeurs de référence
results-csv-judged = repère
results-csv-source = source
results-hand-title = Recopier des résultats
results-hand-link = Recopier des résultats
results-hand-lead = Vous avez un compte rendu sur papier ? Recopiez les résultats qui comptent pour vous : ils rejoindront vos courbes, avec la mention « Ajouté par vous ».
results-hand-day = Date du prélèvement
results-hand-laboratory = Laboratoire
results-hand-row = Résultat { $number }
results-hand-choose = Choisissez
results-hand-other = Une autre analyse
results-hand-other-name = Nom de l’analyse, si elle n’est pas dans la liste
results-hand-unit-label = Unité, comme sur le papier
results-hand-from = Valeurs de référence : de
results-hand-to = Valeurs de référence : à
results-hand-keep = Ajouter
results-hand-done = { $count ->
    [one] Votre résultat est ajouté.
   *[other] Vos { $count } résultats sont ajoutés.
 }
results-hand-date = Saisissez la date du prélèvement, par exemple 12/03/2026.
results-hand-long = Ce texte est trop long : raccourcissez-le.
results-hand-none = Recopiez au moins un résultat.
results-hand-analysis = Choisissez l’analyse de ce résultat.
results-hand-name = Écrivez le nom de l’analyse.
results-hand-value = Recopiez le résultat.
results-hand-unit = Recopiez l’unité, par exemple g/L ou mmol/L.
results-hand-number = Écrivez un nombre, par exemple 0,70.
results-hand-crossed = La seconde valeur doit être plus grande que la première.

# Order, filters, folders, several at once
documents-which-new = Nouveaux depuis ma dernière visite
documents-which-pinned = Épinglés
documents-which-figures = Avec des résultats chiffrés
documents-order = Trier
documents-order-newest = Du plus récent au plus ancien
documents-order-oldest = Du plus ancien au plus récent
documents-order-title = Par titre, de A à Z
documents-order-title-back = Par titre, de Z à A
documents-order-author = Par auteur
documents-order-category = Par catégorie
documents-filter-author = Auteur
documents-filter-place = Établissement
documents-filter-any = Tous
documents-filter-from = Du
documents-filter-to = Au
documents-noted-category = Catégorie choisie
documents-noted-author = Auteur choisi
documents-noted-place = Établissement choisi
documents-noted-period = Période choisie
documents-noted-folder = Dossier choisi
documents-pinned = Épinglés
documents-author-none = Sans auteur
documents-new-count = { $count ->
    [one] { $count } nouveau document
   *[other] { $count } nouveaux documents
 }
documents-new-since = Depuis votre dernière visite.
documents-tag-pinned = Épinglé
documents-pin = Épingler
documents-unpin = Ne plus épingler
documents-pinned-done = Le document est épinglé : il vient en tête de votre liste.
documents-unpinned-done = Le document n’est plus épinglé.
documents-folder = Dossier
documents-folders = Dossiers
documents-folders-lead = Rangez vos documents comme vous voulez. Les professionnels ne voient pas vos dossiers.
documents-folders-change = Modifier un dossier
documents-folder-all = Tous
documents-folder-nowhere = Aucun
documents-file = Ranger
documents-filed-done = Le document est rangé.
documents-unfiled-done = Le document n’est plus dans un dossier.
documents-folder-count = { $count ->
    [0] vide
    [one] { $count } document
   *[other] { $count } documents
 }
documents-folder-new = Nouveau dossier
documents-folder-name = Nom du dossier
documents-folder-name-hint = 60 caractères au plus.
documents-folder-make = Créer
documents-folder-made = Le dossier est créé.
documents-folder-rename = Renommer un dossier
documents-folder-rename-short = Renommer
documents-folder-renamed = Le dossier est renommé.
documents-folder-remove = Supprimer
documents-folder-question = Supprimer le dossier « { $name } » ?
documents-folder-consequence = Seul le dossier disparaît : les documents qu’il contient restent dans votre liste.
documents-folder-removed = Le dossier est supprimé. Ses documents restent dans votre liste.
documents-folder-empty = Donnez un nom au dossier.
documents-folder-long = Raccourcissez le nom : 60 caractères au plus.
documents-folder-control = Le nom contient un caractère invisible. Effacez-le et saisissez le nom au clavier.
documents-folder-taken = Vous avez déjà un dossier de ce nom. Choisissez-en un autre.
documents-folder-many = Vous avez 200 dossiers, le plus possible. Supprimez-en un d’abord.
documents-folder-none-title = Ce dossier est vide
documents-folder-none-text = Ouvrez un document, ou choisissez-en plusieurs, puis rangez-les ici.
documents-choose = Choisir
documents-choose-help = Cochez des documents, puis dites plus bas ce qu’il faut en faire.
documents-choose-end = Ne plus choisir
documents-bulk-heading = Avec les documents cochés
documents-bulk-title = Ce qui a été fait
documents-bulk-back = Retour à la liste
documents-bulk-none = Aucun document n’est coché. Revenez à la page précédente et cochez-en au moins un.
documents-bulk-many = Choisissez { $count } documents au plus à la fois.
documents-bulk-what = Choisissez ce qu’il faut faire des documents cochés.
documents-bulk-hidden = { $count ->
    [one] { $count } document est masqué aux professionnels.
   *[other] { $count } documents sont masqués aux professionnels.
 }
documents-bulk-shown = { $count ->
    [one] { $count } document est visible par les professionnels autorisés.
   *[other] { $count } documents sont visibles par les professionnels autorisés.
 }
documents-bulk-pinned = { $count ->
    [one] { $count } document est épinglé.
   *[other] { $count } documents sont épinglés.
 }
documents-bulk-unpinned = { $count ->
    [one] { $count } document n’est plus épinglé.
   *[other] { $count } documents ne sont plus épinglés.
 }
documents-bulk-filed = { $count ->
    [one] { $count } document est rangé.
   *[other] { $count } documents sont rangés.
 }
documents-bulk-deleted = { $count ->
    [one] { $count } document est supprimé.
   *[other] { $count } documents sont supprimés.
 }
documents-bulk-left = { $count ->
    [one] { $count } document reste comme il était
   *[other] { $count } documents restent comme ils étaient
 }
documents-bulk-why-gone = ce document n’est plus là.
documents-bulk-why-no = vous ne pouvez pas faire cela avec ce document.
documents-bulk-question = { $count ->
    [0] Aucun de ces documents ne peut être supprimé
    [one] Supprimer { $count } document ?
   *[other] Supprimer { $count } documents ?
 }
documents-bulk-more = { $count ->
    [one] Et { $count } autre.
   *[other] Et { $count } autres.
 }
documents-bulk-others = { $count ->
    [one] { $count } document coché restera : vous pouvez supprimer seulement ceux que vous avez ajoutés.
   *[other] { $count } documents cochés resteront : vous pouvez supprimer seulement ceux que vous avez ajoutés.
 }
documents-bulk-consequence = Les documents supprimés et leurs fichiers seront effacés pour tout le monde. Cette action est définitive : gardez-en une copie si vous en avez besoin.
documents-copies = Aussi reçu une autre fois

# Search
search-title = Chercher dans les documents
search-link = Chercher
search-lead = Un mot du titre, du texte, d’une analyse, un auteur, un lieu, un mois.
search-label = Que cherchez-vous ?
search-go = Chercher
search-nothing-typed = Tapez au moins un mot à chercher.
search-found = { $count ->
    [one] { $count } document trouvé.
   *[other] { $count } documents trouvés.
 }
search-partly = Aucun n’a tous les mots : voici ceux qui en ont le plus.
search-slipped = Un mot a été trouvé à une lettre près.
search-none-title = Aucun document trouvé
search-none-text = Essayez un mot plus court, ou un autre mot.
search-unread = { $count ->
    [one] Le texte de { $count } document n’est pas encore lu : il est cherché par son titre, son auteur et sa date.
   *[other] Le texte de { $count } documents n’est pas encore lu : ils sont cherchés par leur titre, leur auteur et leur date.
 }

# Saying what a document is
documents-describe-title = Modifier le titre, la date ou la catégorie
documents-describe-type-title = Choisir son type
documents-describe-type-other = Changer le type choisi
documents-describe-type-lead = Le type annoncé par la personne qui l’a déposé n’est pas connu de Carnet. Une fois le bon type choisi, les professionnels autorisés pourront le lire.
documents-describe-type = Type du document
documents-describe-type-hint = Celui qui ressemble le plus à ce qui est écrit en tête du document. Vous pourrez en changer.
documents-describe-type-missing = Choisissez un type dans la liste.
documents-describe-title-missing = Donnez un titre au document.
documents-describe-save = Enregistrer
documents-describe-done = C’est enregistré.

# Who may read a document
documents-visibility-some = Visible par certains professionnels autorisés seulement
documents-tag-some = Visible par certains seulement
documents-readers-title = Choisir qui peut le lire
documents-readers-lead = Parmi les professionnels que vous autorisez, choisissez ceux qui peuvent lire ce document.
documents-readers-who = Qui peut le lire ?
documents-readers-all = Tous les professionnels que j’autorise
documents-readers-except = Tous, sauf ceux que je choisis
documents-readers-only = Seulement ceux que je choisis
documents-readers-none = Aucun professionnel : il est masqué
documents-readers-which = Ceux que je choisis
documents-readers-which-hint = Cochez des professionnels, ou choisissez une spécialité.
documents-readers-specialty = Une spécialité
documents-readers-specialty-none = Aucune
documents-readers-relatives = Cacher aussi à mes représentants légaux
documents-readers-relatives-hint = Ils ne sauront pas que ce document existe.
documents-readers-missing = Cochez au moins un professionnel, ou choisissez une spécialité.
documents-readers-done = Votre choix est enregistré.
documents-readers-limits = Que faut-il savoir ?
documents-readers-limits-text = La personne qui a déposé le document y garde accès. En urgence, un document masqué ou réservé se lit seulement si vous l’avez permis dans vos réglages. Un professionnel bloqué ne lit rien.
documents-everything-link = Visibilité
documents-everything-title = Masquer ou rendre visible ensemble
documents-everything-lead = Pour tous vos documents d’un coup, ou pour un sujet, et pour ceux qui viendront.
documents-everything-shown = Visibles
documents-everything-hidden = Masqués
documents-everything-next = Les prochains
documents-everything-next-hidden = seront masqués
documents-everything-next-shown = seront visibles
documents-count-of = { $count ->
    [0] aucun document
    [one] { $count } document
   *[other] { $count } documents
 }
documents-hide-all = Tout masquer
documents-hide-all-question = Masquer tous vos documents ?
documents-hide-all-consequence = Les professionnels que vous autorisez ne liront plus aucun de vos documents, ni ceux qui viendront. Les personnes qui les ont déposés y gardent accès. Vous pourrez changer d’avis.
documents-hide-all-done = Tous vos documents sont masqués, et les prochains le seront.
documents-show-all = Tout rendre visible
documents-show-all-question = Rendre tous vos documents visibles ?
documents-show-all-consequence = Les professionnels que vous autorisez pourront lire tous vos documents, et ceux qui viendront, même ceux que vous aviez masqués un par un. Les documents réservés à certains professionnels le restent.
documents-show-all-done = Tous vos documents sont visibles, et les prochains le seront.
documents-topics = Par sujet
documents-topics-lead = Un geste masque tous les documents d’un sujet, et les prochains.
documents-topics-limits = Carnet reconnaît un sujet au type du document seulement : une lettre ou un compte rendu d’un autre type peut en parler aussi. Relisez ceux que vous laissez visibles.
documents-topic-count = { $count ->
    [0] aucun document
    [one] { $count } document
   *[other] { $count } documents
 }{ $hidden ->
    [0] {""}
    [one] , dont { $hidden } masqué
   *[other] , dont { $hidden } masqués
 }
documents-topic-on = Les prochains seront masqués
documents-topic-hide = Masquer
documents-topic-show = Rendre visible
documents-topic-hidden-done = Les documents de ce sujet sont masqués, et les prochains le seront.
documents-topic-shown-done = Les documents de ce sujet sont visibles, et les prochains le seront.
documents-which-archived = Archivés par leur auteur

# A document that is gone
documents-gone-withdrawn = Ce document a été retiré
documents-gone-deleted = Ce document a été supprimé
documents-gone-deleted-text = Vous l’aviez ajouté, puis supprimé de votre espace. Il n’en reste que la trace dans votre historique.
documents-gone-when = Son auteur l’a retiré { $when }.
documents-gone-when-by = { $by } l’a retiré { $when }.
documents-gone-withdrawn-text = La personne qui dépose un document peut le retirer, par exemple s’il contenait une erreur. Personne ne peut plus le lire. Pour en savoir plus, demandez-lui : elle seule sait pourquoi.
documents-gone-history = Voir l’historique

# Synthèse

summary-allergies = Allergies
summary-allergies-none = Aucune allergie n’est déclarée dans les documents structurés. Demandez à la personne.
summary-allergies-past = Passées ({ $count })
summary-problems = Problèmes de santé
summary-problems-none = Aucun problème n’est déclaré dans les documents structurés.
summary-problems-past = Antécédents ({ $count })
summary-treatments = Traitements
summary-treatments-none = Aucun traitement n’est déclaré dans les documents structurés.
summary-treatments-past = Terminés ou anciens ({ $count })
summary-vaccinations = Vaccinations
summary-vaccinations-none = Aucune vaccination n’est déclarée dans les documents structurés.
summary-vaccinations-past = Plus anciennes ({ $count })
summary-negated = Déclaré absent : { $what }
summary-batch = lot { $batch }
summary-more = { $count ->
    [one] Et { $count } autre, dans ces documents.
   *[other] Et { $count } autres, dans ces documents.
}
summary-read = { $count ->
    [0] Aucun document structuré à lire. Les documents ci-dessous peuvent en dire plus.
    [one] Lu dans { $count } document structuré, parmi ceux qui vous sont accessibles. Les autres documents peuvent en dire plus.
   *[other] Lu dans les { $count } documents structurés les plus récents, parmi ceux qui vous sont accessibles. Les autres documents peuvent en dire plus.
}
summary-unread = { $count ->
    [one] { $count } document n’a pas pu être lu.
   *[other] { $count } documents n’ont pas pu être lus.
}
summary-results = Derniers résultats
summary-results-none = Aucun résultat d’analyse sous forme de données.
summary-results-trend = Évolution
summary-results-more = { $count ->
    [one] Et { $count } autre analyse
   *[other] Et { $count } autres analyses
}
summary-trend-up = en hausse
summary-trend-down = en baisse
summary-trend-steady = stable
summary-before = avant : { $what }
documents-share-once = Partager une fois

# Signaler un document
documents-report-link = Signaler un problème
documents-report-title = Signaler un problème
documents-report-named = Document : { $title }
documents-report-what = Que se passe-t-il ?
documents-report-missing = Choisissez ce qui ne va pas.
documents-report-not-mine = Ce document n’est pas à moi
documents-report-not-mine-text = Le document sort aussitôt de votre espace : ni vous ni aucun professionnel ne pourrez plus l’y lire. Il retourne à celui qui l’a déposé, qui cherchera à qui il est. Les professionnels qui l’avaient ouvert seront prévenus qu’un document a été retiré.
documents-report-send = Signaler
documents-report-erreur = Il contient une erreur
documents-report-illisible = Il est illisible
documents-report-autre-personne = Il n’est pas celui de ce patient
documents-report-words = Dites-en un peu plus
documents-report-words-hint = Pour une erreur ou un document illisible : quelques mots, lus par celui qui a déposé le document. Le document reste dans votre espace.
documents-report-words-long = C’est trop long : 500 signes au plus.
documents-report-taken = Ce document est déjà signalé, ou vous avez déjà dix signalements qui attendent une réponse. Attendez-en une avant d’en envoyer un autre.
documents-report-done = Merci. Celui qui a déposé le document est prévenu. Vous suivrez la réponse ici.
documents-reported-error = Vous avez signalé une erreur dans ce document ({ $when })
documents-reported-unreadable = Vous avez signalé ce document comme illisible ({ $when })
documents-reported-other = Vous avez signalé que ce document n’est pas celui de ce patient ({ $when })
documents-reported-error-by = { $name } signale une erreur dans ce document ({ $when })
documents-reported-unreadable-by = { $name } signale que ce document est illisible ({ $when })
documents-reported-other-by = { $name } pense que ce document n’est pas à vous ({ $when })
documents-reported-asks = Regardez-le : est-il à vous ? Tant que personne n’a répondu, il reste ici, avec un avertissement pour les professionnels qui l’ouvrent.
documents-reported-theirs-button = Il est bien à moi
documents-reported-theirs-done = Merci. Le document reste dans votre espace, et l’avertissement est retiré.
documents-reported-theirs = La personne a répondu que ce document est bien à elle ({ $when }).
documents-reported-ended-other = Personne n’a répondu.
documents-reported-words = « { $words } »
documents-reported-sent = Envoyé à celui qui a déposé le document. Pas encore de réponse.
documents-reported-seen = Vu ({ $when }) par celui qui a déposé le document. Pas encore de réponse.
documents-reported-corrected = Corrigé ou remplacé ({ $when }) par celui qui a déposé le document.
documents-reported-refused = Celui qui a déposé le document le laisse comme il est. Sa réponse ({ $when }) :
documents-reported-ended = Personne n’a répondu. Vous pouvez signaler le document de nouveau, ou en parler à celui qui l’a fait.
documents-reported-author-error = La personne signale une erreur dans ce document ({ $when })
documents-reported-author-unreadable = La personne ne peut pas lire ce document ({ $when })
documents-reported-author-other = La personne signale que ce document n’est pas à elle ({ $when })
documents-reported-author-error-by = Un professionnel ({ $profession }) signale une erreur dans ce document ({ $when })
documents-reported-author-unreadable-by = Un professionnel ({ $profession }) ne peut pas lire ce document ({ $when })
documents-reported-author-other-by = Un professionnel ({ $profession }) signale que ce document n’est pas celui de ce patient ({ $when })
documents-disowned-done = Merci. Le document est retiré de votre espace.
documents-gone-astray = Ce document n’est plus dans votre espace
documents-gone-reported = Il a été signalé comme n’étant pas à vous et retiré { $when }.
documents-gone-recalled = Celui qui l’avait déposé l’a rappelé { $when } : il n’aurait pas dû être rangé ici.
documents-gone-astray-text = Il est retourné à celui qui l’avait déposé. Rien de ce qu’il contenait ne reste dans votre espace. Les professionnels qui l’avaient ouvert sont prévenus qu’un document a été retiré.

# Advance directives
directives-title = Directives anticipées
directives-lead = Ce que vous voulez, ou ne voulez pas, si un jour vous ne pouvez plus le dire vous-même.
directives-state = Où elles en sont
directives-revoked-on = Révoquées le { $day } : elles ne valent plus
directives-confirmed-on = Confirmées le { $day }
directives-minor-title = À partir de 18 ans
directives-minor-text = La loi réserve les directives anticipées aux personnes majeures. Avant 18 ans, parlez de ce que vous souhaitez avec vos parents et avec le médecin : votre avis compte dans les décisions qui vous concernent.
directives-represents-title = Vous pouvez les lire, pas les écrire
directives-represents-text = Seule la personne peut écrire, changer ou révoquer ses directives anticipées, depuis son propre compte.
directives-protected-title = Vous avez un tuteur
directives-protected-text = Vous pouvez écrire vos directives anticipées avec l’autorisation du juge ou du conseil de famille. Votre tuteur ne peut ni les écrire à votre place, ni vous aider à les écrire.
directives-go-on = Reprendre ce que vous avez commencé
directives-typed-line = { $model }. Dernière modification le { $day }.
directives-drop = Jeter ce brouillon
directives-drop-question = Jeter ce brouillon ?
directives-drop-consequence = Les réponses que vous avez déjà données seront effacées. Vos directives enregistrées, si vous en avez, ne changent pas.
directives-drop-done = Le brouillon est jeté.
directives-held = Vos directives en vigueur
directives-read = Les lire
directives-fact-added = Enregistrées le
directives-fact-confirmed = Confirmées le
directives-fact-reminder = Prochain rappel
directives-held-question = Elles disent toujours ce que vous voulez ?
directives-confirm = Oui, je les confirme
directives-confirmed-done = C’est noté : vos directives valent toujours. Nous vous le redemanderons dans un an.
directives-revoke = Les révoquer
directives-revoke-question = Révoquer vos directives anticipées ?
directives-revoke-consequence = Elles ne vaudront plus et ne paraîtront plus dans les listes des professionnels. Vous les garderez dans votre historique, sur cette page.
directives-revoke-others = Si vous en avez remis une copie à un médecin, à un hôpital ou à un proche, prévenez-les aussi.
directives-revoked-done = Vos directives sont révoquées.
directives-revoked = Révoquées
directives-replaced = Remplacées
directives-change = Les changer
directives-change-text = Les nouvelles prendront la place de celles-ci, qui resteront dans votre historique.
directives-none-title = Vous n’en avez pas encore
directives-none-text = Rien ne vous y oblige. Vous pouvez les écrire ici, en quelques pages, et vous arrêter quand vous voulez ; ou ajouter un papier que vous avez déjà signé.
directives-none-here = Il n’y a pas de directives anticipées dans cet espace.
directives-write = Les écrire ici
directives-add = Ajouter un papier signé
directives-others = Déposées par d’autres
directives-earlier = Celles d’avant
directives-what = À quoi servent-elles ?
directives-what-text = Elles guident les médecins le jour où vous ne pouvez plus vous exprimer. Ils doivent les suivre, sauf dans une urgence qui met la vie en jeu, le temps d’évaluer la situation, ou si elles ne correspondent manifestement pas à ce qui arrive. Elles n’ont pas de fin : vous pouvez les changer ou les révoquer à tout moment.
directives-what-trust = Parlez-en avec votre médecin et avec votre personne de confiance, si vous en avez désigné une : c’est elle qu’on interrogera d’abord.
directives-who = Qui peut les lire ?
directives-who-text = Les professionnels que vous avez autorisés, selon leur métier, comme pour vos autres documents ; et un médecin en urgence, si vos réglages le permettent. Masquées, elles risquent de ne pas être trouvées au moment utile.
directives-end = Et si je ferme mon espace ?
directives-end-text = Plus personne ne pourra les lire ici. Remettez-en une copie à votre médecin, à votre personne de confiance ou à un proche. Une fois par an, nous vous demandons si elles sont toujours justes ; vous réglez ces rappels dans « Notifications ».
directives-add-title = Ajouter un papier signé
directives-add-lead = Un papier écrit, daté et signé de votre main : une photo ou un PDF.
directives-add-button = Ajouter
directives-field-file = Votre papier
directives-field-date = Date de la signature
directives-one-file = Choisissez un seul fichier : si votre papier a plusieurs pages, réunissez-les dans un PDF.
directives-replaces = Une seule version vaut à la fois : si vous en aviez déjà, celle-ci prend sa place.
directives-visible-hint = Ceux que vous avez autorisés peuvent les lire : c’est ce qui les rend utiles.
directives-masked-hint = Elles restent dans votre espace, mais risquent de ne pas être trouvées au moment utile.
directives-kept = Vos directives sont enregistrées.
directives-written = Vos directives sont enregistrées. Imprimez-les, signez-les, puis ajoutez ici le papier signé.
directives-write-title = Écrire vos directives
directives-write-lead = Quelques questions par page. Vous pouvez passer celles que vous voulez, vous arrêter et reprendre plus tard.
directives-model = Votre situation
directives-model-missing = Choisissez la situation qui est la vôtre.
directives-model-bonne-sante = Je n’ai pas de maladie grave
directives-model-bonne-sante-hint = Vous pensez à un accident ou à une maladie qui arriverait un jour.
directives-model-maladie-grave = J’ai une maladie grave, ou je suis en fin de vie
directives-model-maladie-grave-hint = Les questions portent sur les soins que vous recevez ou pourriez recevoir.
directives-continue = Continuer
directives-back = Revenir
directives-later = Enregistrer et finir plus tard
directives-later-link = Finir plus tard
directives-typed-kept = C’est enregistré. Vous reprendrez quand vous voudrez.
directives-words = Avec vos mots – { $question }
directives-long = Ce texte est trop long : retirez { $count ->
    [one] { $count } caractère.
   *[other] { $count } caractères.
 }
directives-lacks = Le signe « { $character } » ne peut pas être imprimé : retirez-le, ou écrivez-le autrement.
directives-choice-bad = Choisissez une des réponses proposées.
directives-choice-oui = Je le veux
directives-choice-non = Je ne le veux pas
directives-choice-confier = Que les médecins décident, avec ma personne de confiance ou mes proches
directives-choice-rien = Je ne me prononce pas
directives-choice-poursuivre = Qu’on continue
directives-choice-arreter = Qu’on arrête
directives-choice-aucune = Je n’ai pas de tuteur
directives-choice-juge = J’ai un tuteur et l’autorisation du juge
directives-choice-conseil = J’ai un tuteur et l’autorisation du conseil de famille
directives-step-vous = Vous
directives-lead-vous = Votre nom et votre date de naissance seront écrits d’après votre espace.
directives-q-lieu = Lieu de naissance
directives-h-lieu = Par exemple : Brest (Finistère)
directives-q-tutelle = Avez-vous un tuteur ?
directives-h-tutelle = Sous tutelle, la loi demande une autorisation pour écrire des directives.
directives-q-confiance = Votre personne de confiance
directives-h-confiance = Son nom et comment la joindre, si vous en avez désigné une.
directives-step-situation = Quand elles s’appliqueraient
directives-lead-situation = Pensez à ce qui vous ferait dire : « là, je ne voudrais plus ».
directives-q-contexte = Dans quelles situations voulez-vous qu’on suive ces directives ?
directives-h-contexte = Par exemple : coma sans espoir de retour, perte de conscience définitive, grande dépendance.
directives-q-important = Ce qui compte pour vous
directives-h-important = Vos convictions, vos craintes, ce qui rend votre vie bonne.
directives-step-maladie = Votre maladie
directives-lead-maladie = Ce que vous savez de votre maladie, et de ce qui pourrait arriver.
directives-q-contexte-maladie = Dans quelles situations voulez-vous qu’on suive ces directives ?
directives-h-contexte-maladie = Par exemple : si la maladie avance, si je ne suis plus conscient, dans mes derniers jours.
directives-step-maintien = Être maintenu en vie
directives-lead-maintien = Quand des soins ne font plus que prolonger la vie.
directives-q-maintien = Être maintenu en vie artificiellement
directives-h-maintien = Si le cerveau est atteint sans retour et que vous ne pouvez plus communiquer.
directives-q-sedation = Être endormi jusqu’à la fin
directives-h-sedation = Si l’on arrête ce qui maintient en vie : un sommeil profond et continu, avec de quoi ne pas souffrir.
directives-step-soins = Les soins
directives-lead-soins = Ce que les médecins pourraient entreprendre.
directives-q-soins-coeur = Être réanimé si le cœur ou la respiration s’arrête
directives-h-soins-coeur = Massage cardiaque, aide à la respiration.
directives-q-soins-machines = Être branché à un appareil
directives-h-soins-machines = Pour respirer, pour remplacer les reins, pour être nourri ou hydraté.
directives-q-soins-operation = Être opéré
directives-h-soins-operation = Une intervention chirurgicale.
directives-q-soins-autre = Autres soins
directives-h-soins-autre = Ce que vous voulez ou ne voulez pas, en dehors de cela.
directives-step-commencer = Les soins à commencer
directives-lead-commencer = Ce que les médecins pourraient entreprendre pour vous.
directives-q-commencer-coeur = Être réanimé si le cœur ou la respiration s’arrête
directives-h-commencer-coeur = Massage cardiaque, aide à la respiration.
directives-q-commencer-machines = Être branché à un appareil
directives-h-commencer-machines = Pour respirer, pour remplacer les reins, pour être nourri ou hydraté.
directives-q-commencer-operation = Être opéré
directives-h-commencer-operation = Une intervention chirurgicale.
directives-q-commencer-autre = Autres soins à commencer ou à ne pas commencer
directives-h-commencer-autre = Ce que vous voulez ou ne voulez pas, en dehors de cela.
directives-step-arreter = Les soins déjà commencés
directives-lead-arreter = Ce que les médecins feraient déjà, et qu’on pourrait continuer ou arrêter.
directives-q-arreter-coeur = L’aide au cœur ou à la respiration, si elle est commencée
directives-h-arreter-coeur = Ce qui a été mis en place après un arrêt.
directives-q-arreter-machines = L’appareil auquel vous seriez branché
directives-h-arreter-machines = Pour respirer, pour remplacer les reins, pour être nourri ou hydraté.
directives-q-arreter-operation = Les interventions prévues
directives-h-arreter-operation = La suite d’opérations déjà commencée.
directives-q-arreter-autre = Autres soins à continuer ou à arrêter
directives-h-arreter-autre = Un traitement, une aide, un examen.
directives-step-particulier = Ce qui est propre à votre maladie
directives-lead-particulier = Des soins dont votre médecin vous a parlé. Vous pouvez tout passer.
directives-q-particulier-coeur = Pour le cœur et la respiration
directives-h-particulier-coeur = Par exemple : une trachéotomie, un défibrillateur.
directives-q-particulier-machines = Pour les appareils
directives-h-particulier-machines = Par exemple : une dialyse, une sonde.
directives-q-particulier-operation = Pour les opérations
directives-h-particulier-operation = Par exemple : une amputation, une stomie.
directives-q-particulier-autre = Pour le reste
directives-h-particulier-autre = Par exemple : une chimiothérapie, une transfusion.
directives-step-relire = Relire et enregistrer
directives-review-lead = Voici ce que vous avez écrit. Nous en ferons un PDF, que vous pourrez imprimer et signer.
directives-review-nothing = Vous n’avez rien dit ici.
directives-review-change = Changer « { $step } »
directives-review-sign = La loi demande un écrit daté et signé. Une fois le PDF imprimé et signé, ajoutez-le ici : il prendra la place de celui-ci.
directives-review-button = Enregistrer mes directives
directives-says-nothing = Dites au moins une chose que vous voulez ou ne voulez pas, puis enregistrez.
directives-paper-bonne-sante = Écrites par une personne qui n’a pas de maladie grave.
directives-paper-maladie-grave = Écrites par une personne atteinte d’une maladie grave ou en fin de vie.
directives-paper-name = Nom et prénoms :
directives-paper-born = Date de naissance :
directives-paper-day = Écrites le :
directives-paper-silent = Ce sur quoi je ne me prononce pas
directives-paper-signature = Signature
directives-paper-law = Ces directives n’ont pas de fin. Je peux les changer ou les révoquer à tout moment.
directives-paper-done = Fait à, le :
directives-paper-sign = Signature :
directives-paper-witnesses = Si je ne peux ni écrire ni signer
directives-paper-witnesses-text = Deux témoins, dont ma personne de confiance si j’en ai désigné une, attestent que ces lignes disent ma volonté libre et éclairée.
directives-paper-witness-one = Premier témoin, nom, qualité et signature :
directives-paper-witness-two = Second témoin, nom, qualité et signature :
directives-manage = Vos directives : les confirmer, les changer, les révoquer, voir celles d’avant
documents-own = Écrit par vous, pour vous
documents-fills = Ce document remplit vos mesures
documents-fills-choice = Changer ce choix

# Images that are elsewhere
documents-unfit-dicom = les images d’un scanner ou d’une IRM restent là où elles ont été faites. Ajoutez le compte rendu, ou demandez à l’établissement de déposer la référence de l’examen.
imaging-fact-date = Date de l’examen
imaging-fact-made = Technique
imaging-fact-region = Région du corps
imaging-fact-title = Examen
imaging-fact-act = Acte
imaging-fact-place = Fait à
imaging-fact-number = Numéro de l’examen
imaging-fact-images = Images
imaging-elsewhere-title = Les images sont là où elles ont été faites
imaging-elsewhere-text = Ce document dit quel examen a été fait, et où. Les images ne sont pas dans Carnet : le service d’imagerie peut vous les montrer, ou vous donner un accès à son site. Le numéro de l’examen l’aide à les retrouver.
imaging-study = Examen d’imagerie
imaging-see = Voir les images
imaging-see-hint = Ce lien mène hors de Carnet, à { $host }. On pourra vous y demander qui vous êtes.
imaging-series = Séries d’images
imaging-series-name = Série
imaging-series-number = Série { $number }
imaging-CR = Radiographie
imaging-CT = Scanner
imaging-DX = Radiographie
imaging-ES = Endoscopie
imaging-IO = Radiographie dentaire
imaging-MG = Mammographie
imaging-MR = IRM
imaging-NM = Scintigraphie
imaging-OP = Photographie de l’œil
imaging-OPT = OCT de l’œil
imaging-PT = TEP
imaging-RF = Radioscopie
imaging-SR = Mesures
imaging-US = Échographie
imaging-XA = Angiographie
imaging-XC = Photographie

# Sick-leave notices
sick-leave-title = Votre arrêt de travail est à envoyer
sick-leave-left = Il vous reste { $count ->
    [one] { $count } jour
   *[other] { $count } jours
 } : jusqu’au { $day } compris.
sick-leave-today = C’est aujourd’hui le dernier jour pour l’envoyer.
sick-leave-late = Le délai de 48 heures est passé : envoyez-le sans attendre, et prévenez si vous avez été empêché.
sick-leave-fund = À votre caisse d’assurance maladie : les deux premiers volets, si le médecin ne les a pas transmis par internet.
sick-leave-employer = À votre employeur, ou à France Travail si vous cherchez un emploi : le troisième volet, qui ne dit pas pourquoi vous êtes arrêté.
sick-leave-yours = Ne donnez jamais à un employeur le volet qui dit la raison médicale. Carnet n’envoie rien à un employeur : téléchargez le document et envoyez-le vous-même.
sick-leave-file = Ranger mes arrêts dans un dossier à eux
sick-leave-folder = Arrêts de travail
sick-leave-filed = Vos arrêts de travail sont rangés ensemble.

# One's own papers
papers-title = Papiers administratifs
papers-lead = Attestations, carte de mutuelle, pièce d’identité… Ce que vous ajoutez ici est masqué aux professionnels, sauf si vous choisissez de le leur montrer.
papers-add = Ajouter un papier
papers-none-title = Aucun papier pour l’instant
papers-none-text = Photographiez votre carte de mutuelle ou une attestation : vous l’aurez toujours avec vous.

# Fichiers reçus d’une autre application
documents-received-title =
    { $count ->
        [one] Un fichier attend votre accord
       *[other] { $count } fichiers attendent votre accord
    }
documents-received-text = Cela vient d’une autre application de votre appareil. Rien n’est encore dans votre dossier : dites ce que c’est, puis ajoutez. Sans réponse de votre part, tout est détruit dans une heure.
documents-received-drop = Ne pas garder
documents-received-dropped = Les fichiers reçus sont détruits. Rien n’a été ajouté.
documents-received-gone = Les fichiers reçus ne sont plus là : ils ont été ajoutés, abandonnés, ou détruits au bout d’une heure. Partagez-les de nouveau, ou choisissez-les ici.
documents-received-out-title = Connectez-vous d’abord
documents-received-out-text = Personne n’est connecté à Carnet sur cet appareil. Ce que vous avez partagé n’a pas été gardé. Connectez-vous à votre espace, puis partagez de nouveau depuis l’autre application.
documents-received-out-link = Se connecter
