# What one shares
sharing-title = Partager une fois
sharing-lead = Donnez quelques documents, pour un temps, à un professionnel ou à qui vous montrez un code : en voyage, pour un deuxième avis.
sharing-make = Nouveau partage
sharing-open = Partages ouverts
sharing-none = Vous ne partagez rien
sharing-none-text = Choisissez des documents : vous aurez un code et un lien à montrer, à envoyer ou à imprimer.
sharing-over = { $count ->
    [one] Partage terminé ({ $count })
   *[other] Partages terminés ({ $count })
 }
sharing-show = Voir le code
sharing-end = Terminer
sharing-back = Voir mes partages
sharing-count = { $count ->
    [one] { $count } document
   *[other] { $count } documents
 }
sharing-for = pour { $name }
sharing-for-code = pour qui a le code
sharing-of-day = Partage du { $day }
sharing-opened = { $count ->
    [0] Jamais ouvert (sur { $of })
    [one] Ouvert { $count } fois sur { $of }
   *[other] Ouvert { $count } fois sur { $of }
 }
sharing-until = jusqu’à : { $when }
sharing-expired = fini depuis : { $when }
sharing-ended = terminé par vous
sharing-locked = fermé après trop de mauvais codes
sharing-care-title = Réservé aux soins
sharing-care-text = Réservé aux soins : ni assureur, ni banque, ni employeur. Personne ne peut l’exiger pour un contrat, un prêt ou une embauche.
sharing-care-short = Réservé aux soins : ni assureur, ni banque, ni employeur. Une copie téléchargée ne peut pas être reprise.
sharing-copies = Une copie téléchargée ne peut pas être reprise : terminer un partage empêche seulement de nouvelles lectures.

# Sharing
sharing-make-title = Nouveau partage
sharing-make-lead = Seuls les documents que vous cochez sont donnés à lire, et chaque ouverture apparaît dans votre historique.
sharing-documents = Quels documents ?
sharing-documents-hint = Ce que vous masquez aux professionnels, ou ne montrez qu’à certains, ne se partage pas ainsi.
sharing-documents-none = Aucun document à partager n’est trouvé.
sharing-documents-more = Il y en a d’autres : cherchez-les par un mot. Ce que vous avez coché reste coché.
sharing-documents-missing = Cochez au moins un document.
sharing-documents-many = Un partage donne { $count } documents au plus. Décochez-en, ou faites plusieurs partages.
sharing-changed = Un des documents cochés ne peut plus être partagé. La liste est à jour : vérifiez votre choix.
sharing-search = Chercher un document
sharing-search-button = Chercher
sharing-whom = Pour qui ?
sharing-whom-code = Toute personne qui a le code
sharing-whom-code-hint = Par exemple un médecin à l’étranger. Il dit qui il est, mais son identité n’est pas vérifiée.
sharing-whom-one = Un seul professionnel de l’annuaire
sharing-whom-one-hint = Il se connecte avec Pro Santé Connect, et lit ce que sa profession permet.
sharing-whom-missing = Dites pour qui est ce partage.
sharing-who = Quel professionnel ?
sharing-who-hint = Seulement si le partage est pour un professionnel : son nom, et sa ville si vous la connaissez.
sharing-who-missing = Écrivez le nom du professionnel.
sharing-who-nobody = L’annuaire ne connaît personne de ce nom. Vérifiez-le, ou choisissez « Toute personne qui a le code ».
sharing-who-choose = Choisissez le professionnel parmi ceux que l’annuaire connaît.
sharing-who-which = Lequel ?
sharing-duration = Pendant combien de temps ?
sharing-duration-missing = Choisissez une durée de la liste.
sharing-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
 }
sharing-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
 }
sharing-times = Combien d’ouvertures ?
sharing-times-hint = Chaque fois que le code est saisi, c’est une ouverture.
sharing-openings = { $count ->
    [one] Une seule
   *[other] { $count } ouvertures
 }
sharing-openings-missing = Choisissez un nombre d’ouvertures de la liste.
sharing-label = Nom de ce partage
sharing-label-hint = Pour vous y retrouver. Le lecteur ne le voit pas.
sharing-label-long = Écrivez { $count } caractères au plus, sur une ligne.
sharing-create = Créer le partage

# One share
sharing-one-lead = Montrez le carré ou envoyez le lien, et donnez le code. Il faut les deux pour ouvrir.
sharing-qr = Code carré qui mène aux documents partagés
sharing-code = Code à donner
sharing-address = Lien
sharing-fact-whom = Pour
sharing-fact-until = Ouvert jusqu’à
sharing-fact-state = Ouvertures
sharing-apart = Si vous envoyez le lien, donnez plutôt le code de vive voix. Vous pouvez aussi imprimer cette page.
sharing-shut = Ce partage ne s’ouvre plus
sharing-given = Ce qui est donné à lire
sharing-missing = { $count ->
    [one] Un document choisi n’est plus donné : il est masqué, retiré ou supprimé.
   *[other] { $count } documents choisis ne sont plus donnés : ils sont masqués, retirés ou supprimés.
 }
sharing-shl = Lien pour un logiciel (SMART Health Link)
sharing-shl-text = Un logiciel de soins qui lit ces liens, en France ou à l’étranger, ouvre celui-ci avec le même code. Le carré le contient aussi.
sharing-link-label = Documents partagés
sharing-end-question = Terminer « { $label } » ?
sharing-end-now = Le lien et le code n’ouvrent plus rien, tout de suite, et une lecture en cours s’arrête.
sharing-end-copies = Ce qui a été téléchargé avant ne peut pas être repris.
sharing-end-done = Le partage est terminé. Il n’ouvre plus rien.

# Notes
sharing-notes = { $count ->
    [one] Une note vous attend
   *[other] { $count } notes vous attendent
 }
sharing-notes-text = Ces notes ont été laissées par des lecteurs de vos partages. Elles n’entrent dans votre espace que si vous les gardez.
sharing-note-keep = Garder parmi mes documents
sharing-note-drop = Écarter
sharing-note-taken = La note est parmi vos documents, sous le nom de son auteur et la mention « identité non vérifiée » si elle s’applique.
sharing-note-dropped = La note est écartée et détruite.
sharing-note-head = Note laissée par { $who }, le { $day }, à la lecture d’un partage.
sharing-note-title = Note de { $who }
sharing-unverified = { $name } (identité non vérifiée)
sharing-somebody = Un lecteur

# Opening
sharing-door-title = Ouvrir des documents partagés
sharing-door-lead = Une personne vous a donné ce lien et un code pour que vous la soigniez.
sharing-door-code = Code
sharing-door-code-hint = Les six chiffres que la personne vous a donnés.
sharing-door-name = Qui êtes-vous ?
sharing-door-name-hint = Votre nom, votre métier et votre lieu d’exercice. La personne le lira.
sharing-door-known = Vous ouvrez en tant que { $name }.
sharing-door-purpose = Pour quel soin ?
sharing-door-purpose-choose = Choisissez
sharing-door-care = Je participe aux soins de cette personne, et n’utiliserai ces documents que pour cela.
sharing-door-traced = Votre lecture apparaît dans l’historique de la personne, qui en est avertie.
sharing-door-open = Ouvrir
sharing-code-missing = Saisissez le code de six chiffres.
sharing-code-wrong = { $left ->
    [one] Ce n’est pas le bon code. Il reste un essai.
   *[other] Ce n’est pas le bon code. Il reste { $left } essais.
 }
sharing-name-missing = Dites qui vous êtes, en 100 caractères au plus.
sharing-purpose-missing = Choisissez le soin pour lequel vous lisez ces documents.
sharing-care-missing = Ces documents sont réservés aux soins : confirmez-le pour les ouvrir.
sharing-closed-title = Ce partage n’est pas ouvert
sharing-closed-text = Il est fini, déjà utilisé, terminé par la personne, ou le lien est incomplet. Demandez-lui un nouveau lien.
sharing-closed-named = Il a été fait pour vous, professionnel de santé ? Connectez-vous d’abord, puis ouvrez le lien de nouveau.
sharing-closed-pro = Me connecter en tant que professionnel
sharing-documents-title = Documents partagés
sharing-whose = { $name }, né ou née le { $born }
sharing-nothing = Il n’y a plus rien à lire ici
sharing-nothing-text = Les documents de ce partage ne sont plus montrés. Demandez à la personne ce qu’il en est.
sharing-leave-title = Laisser une note à la personne
sharing-leave-text = La personne la lit et décide de la garder ou non. Votre identité y est dite « non vérifiée », sauf si vous êtes connecté avec Pro Santé Connect.
sharing-leave-note = Note
sharing-leave-button = Laisser la note
sharing-note-left = Votre note est transmise à la personne.
sharing-note-missing = Écrivez la note avant de la laisser.
sharing-note-long = Écrivez { $count } caractères au plus, en texte simple.
sharing-note-many = Trois notes ont déjà été laissées pour ce partage. La personne doit d’abord y répondre.
sharing-too-many = Vous avez déjà fait { $count } partages en vingt-quatre heures. Revenez demain, ou partagez plus de documents à la fois.
