# Taking everything away
take-away-title = Tout emporter
take-away-lead = Une archive de tout ce que vous voyez ici, à garder chez vous ou à porter ailleurs.
take-away-making = Votre archive se prépare
take-away-percent = { $percent } % sont prêts.
take-away-wait = Vous pouvez quitter cette page : vous serez prévenu quand elle sera prête.
take-away-refresh = Actualiser
take-away-failed = L’archive n’a pas pu être préparée
take-away-failed-text = Rien n’est perdu. Demandez-la de nouveau ; si cela se répète, écrivez à l’exploitant.
take-away-ready = Votre archive est prête
take-away-fact-count = Contenu
take-away-count = { $count ->
    [0] aucun document
    [one] { $count } document
   *[other] { $count } documents
 }
take-away-fact-size = Taille
take-away-fact-until = À télécharger avant
take-away-fetch = Télécharger l’archive (ZIP)
take-away-what = Ce qu’elle contient
take-away-what-originals = Tous vos documents, tels qu’ils ont été reçus.
take-away-what-pages = Des pages à lire sans Carnet : ouvrez « INDEX.HTM ». Elles rangent vos documents par date et par catégorie.
take-away-what-software = Les mêmes pour un logiciel de soins : dossier IHE XDM, données FHIR, résultats d’analyses.
take-away-not = Elle ne contient que ce que vous pouvez voir dans cet espace, au moment où elle est préparée.
take-away-ask = Préparer l’archive
take-away-again = Préparer une nouvelle archive
take-away-care-title = Gardez-la en lieu sûr
take-away-care = L’archive n’est pas chiffrée une fois chez vous : qui a le fichier peut tout lire. Aucun assureur, aucune banque, aucun employeur ne peut vous la demander.

# The archive
archive-title = Dossier de { $name }
archive-made = Archive faite le { $when } par { $origin }.
archive-count = { $count ->
    [0] Elle ne contient aucun document.
    [one] Elle contient { $count } document.
   *[other] Elle contient { $count } documents.
 }
archive-care = Réservé aux soins : ni assureur, ni banque, ni employeur.
archive-by-date = Par date
archive-by-category = Par catégorie
archive-original = original
archive-brought = apporté par la personne
archive-other = Autres documents
archive-back = Retour à l’index
archive-readme = Ceci est l’archive d’un dossier de santé, faite par Carnet.

    Ouvrez INDEX.HTM dans un navigateur : tous les documents y sont, par date et par catégorie.

    IHE_XDM/   les documents, et leur description pour un logiciel de soins (profil IHE XDM)
    LECTURE/   les documents cliniques mis en pages
    FHIR/      les mêmes données au format HL7 FHIR R4
    CARNET/    ce que contient l’archive, signé par l’installation qui l’a faite

    Réservé aux soins : ni assureur, ni banque, ni employeur.

# Bringing an archive back
bring-title = Rapporter une archive
bring-lead = Une archive faite par « Tout emporter », ici ou dans un autre Carnet, remplit un espace encore vide.
bring-file = Archive (ZIP)
bring-hint = Le fichier carnet.zip, tel qu’il a été téléchargé. { $size } au plus.
bring-button = Rapporter
bring-full = Cet espace contient déjà des documents
bring-full-text = Une archive ne se rapporte que dans un espace vide, pour que rien ne se mélange. Vous pouvez ajouter ses documents un à un.
bring-add = Ajouter des documents
bring-missing = Choisissez le fichier de l’archive.
bring-large = L’archive dépasse { $size }. Demandez à l’exploitant de la reprendre, ou ajoutez ses documents un à un.
bring-unfit-no-zip = Ce fichier n’est pas une archive ZIP, ou il est abîmé. Téléchargez-la de nouveau.
bring-unfit-not-ours = Ce n’est pas une archive faite par Carnet : elle ne dit pas ce qu’elle contient. Ajoutez ses documents un à un.
bring-unfit-repacked = Cette archive a été compressée ou chiffrée de nouveau. Rapportez-la telle que Carnet l’a faite.
bring-unfit-names = Cette archive contient des noms de fichiers qui ne sont pas permis. Rien n’a été ajouté.
bring-unfit-sizes = Cette archive ment sur la taille de ses fichiers. Rien n’a été ajouté.
bring-unfit-altered = Un document de l’archive manque, ou a été changé depuis qu’elle a été faite. Rien n’a été ajouté ; téléchargez-la de nouveau.
bring-unfit-too-many = Cette archive contient trop de fichiers. Rien n’a été ajouté.
bring-added = { $count ->
    [0] Aucun document n’est ajouté
    [one] { $count } document est ajouté
   *[other] { $count } documents sont ajoutés
 }
bring-yours = Ils sont dits « apportés par vous » : rien ne prouve ici qui en est l’auteur.
bring-vouched = L’archive est signée par une installation de confiance : chaque document garde son auteur.
bring-already = { $count ->
    [one] { $count } document y était déjà.
   *[other] { $count } documents y étaient déjà.
 }
bring-measures = { $count ->
    [one] { $count } mesure est ajoutée aussi, dite « apportée par vous ».
   *[other] { $count } mesures sont ajoutées aussi, dites « apportées par vous ».
 }
bring-measures-already = { $count ->
    [one] { $count } mesure y était déjà.
   *[other] { $count } mesures y étaient déjà.
 }
bring-measures-refused = { $count ->
    [one] { $count } mesure n’est pas ajoutée : sa valeur ou sa date n’est pas possible.
   *[other] { $count } mesures ne sont pas ajoutées : leur valeur ou leur date n’est pas possible.
 }
bring-refused = { $count ->
    [one] { $count } document n’est pas ajouté
   *[other] { $count } documents ne sont pas ajoutés
 }
