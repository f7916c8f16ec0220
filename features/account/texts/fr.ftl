# Words used on several pages
account-continue = Continuer
account-keep = Enregistrer
account-validate = Valider
account-restart = Recommencer la saisie
account-expired = Cette étape a duré trop longtemps. Pour votre sécurité, recommencez.
account-sign-in = Se connecter
account-signed-out = Vous êtes déconnecté.
account-activate = Activer mon espace
account-professional = Vous êtes professionnel de santé ?
account-professional-text = Vous consultez un dossier avec l’accord de la personne, depuis votre lieu d’exercice.
account-professional-link = Accès professionnel
account-forgotten = Identifiant ou mot de passe oublié ?

# Front page
account-landing-tab = Votre santé, entre vos mains
account-landing-title = Votre santé, réunie et protégée
account-landing-lead = Carnet garde vos documents de santé au même endroit. Vous décidez qui peut les voir, et vous savez qui les a ouverts.
account-landing-demo = Essayer avec des personnages fictifs
account-landing-honest = Carnet est un logiciel libre. Ce n’est pas le service officiel Mon espace santé.
account-landing-how = Ouvrir son espace en cinq minutes
account-landing-how-card = Prenez votre carte Vitale.
account-landing-how-card-text = Elle porte les deux numéros qu’il vous faut.
account-landing-how-code = Recevez un code.
account-landing-how-code-text = Il arrive par courriel ou par SMS, aux coordonnées que votre caisse connaît.
account-landing-how-choices = Faites vos premiers choix.
account-landing-how-choices-text = Ce que voient les professionnels, et ce qui se passe en cas d’urgence. Vous pourrez toujours changer d’avis.
account-landing-together = Tout au même endroit
account-landing-together-text = Ordonnances, résultats, comptes rendus : vos soignants les déposent, vous les retrouvez.
account-landing-decide = Vous décidez
account-landing-decide-text = Masquez un document, bloquez un professionnel, changez d’avis quand vous voulez.
account-landing-trace = Rien ne se fait en secret
account-landing-trace-text = Chaque consultation laisse une trace que vous pouvez lire, avec le nom de la personne.

# Activation: identity
account-step-identity = Identité
account-step-code = Code
account-step-credentials = Identifiants
account-step-terms = Conditions
account-activate-title = Activer votre espace
account-activate-lead = Munissez-vous de votre carte Vitale. Comptez cinq minutes.
account-already = J’ai déjà activé mon espace
account-number = Numéro de sécurité sociale
account-number-hint = Les 15 chiffres inscrits sur votre carte Vitale, par exemple 2 85 05 99 999 001 31.
account-card = Numéro de série de la carte
account-card-hint = De 8 à 13 chiffres.
account-card-where = Où trouver le numéro de série ?
account-card-photo = Carte avec photo : les 11 derniers chiffres du long numéro, au dos, en bas.
account-card-no-photo = Carte sans photo : le numéro de 8 à 13 chiffres, au dos de la carte.
account-card-wrong = Le numéro de série compte de 8 à 13 chiffres. Recopiez-le depuis le dos de la carte.
account-birth = Date de naissance
account-birth-hint = Par exemple 27 3 1985. Si le jour ou le mois ne sont pas sur vos papiers, laissez-les vides.
account-birth-wrong = Saisissez une date de naissance qui existe, avec l’année en quatre chiffres.
account-day = Jour
account-month = Mois
account-year = Année

# Activation: means and code
account-means-title = Recevoir un code
account-means-lead = Nous envoyons un code à l’adresse ou au numéro de mobile que votre caisse d’assurance maladie connaît.
account-means = Par quel moyen ?
account-means-email = Par courriel
account-means-sms = Par SMS
account-means-missing = Choisissez un moyen de recevoir le code.
account-means-why = Pourquoi ne pas afficher mon adresse ?
account-means-why-text = Tant que le code n’est pas saisi, nous ne savons pas qui regarde cette page. Nous n’y montrons rien de vous.
account-means-change = Si votre adresse ou votre numéro a changé, mettez-les d’abord à jour auprès de votre caisse.
account-send-code = Envoyer le code
account-code-title = Saisir le code
account-code-lead = Si les informations correspondent à une personne que nous connaissons, un code vient de partir.
account-code = Code provisoire
account-code-hint = 8 lettres et chiffres. Majuscules ou minuscules, c’est égal.
account-code-wrong = Ce code n’est pas le bon. Vérifiez le dernier message reçu.
account-code-spent = Trop d’essais pour ce code : il ne compte plus. Demandez-en un autre.
account-code-late = Ce code a expiré. Demandez-en un autre.
account-code-too-soon = Patientez 30 secondes avant de demander un autre code.
account-code-nothing = Je n’ai rien reçu
account-code-nothing-spam = Attendez quelques minutes et regardez dans les courriers indésirables.
account-code-nothing-facts = Une information est peut-être mal saisie.
account-code-nothing-contact = Votre caisse n’a peut-être pas la bonne adresse ou le bon numéro de mobile : mettez-les à jour auprès d’elle. Après plusieurs demandes, attendez demain.
account-resend = Renvoyer un code
account-other-means = Choisir un autre moyen

# Activation: what may stand in the way, told after the right code
account-impossible-active-title = Votre espace est déjà activé
account-impossible-active-text = Connectez-vous avec l’identifiant et le mot de passe que vous avez choisis.
account-impossible-minor-title = Cet espace est celui d’un mineur
account-impossible-minor-text = Jusqu’à la majorité, un parent ou un représentant légal s’en occupe depuis son propre espace, à la rubrique « Mes proches ».
account-impossible-closed-title = Cet espace ne peut pas être activé
account-impossible-closed-text = Il est suspendu, ou son effacement a commencé. L’assistance peut vous en dire plus.

# Login and password
account-credentials-title = Choisir vos identifiants
account-credentials-lead = Ils serviront à chaque connexion, avec un code à usage unique.
account-login = Identifiant
account-login-hint = Au moins 8 caractères : lettres minuscules sans accent, chiffres, point, tiret. Vous ne pourrez plus le changer.
account-login-length = L’identifiant compte de 8 à 100 caractères. Allongez-le ou raccourcissez-le.
account-login-characters = L’identifiant ne contient que des lettres minuscules sans accent, des chiffres, et les signes . - _
account-login-email = L’identifiant ne peut pas être une adresse électronique. Choisissez un nom que vous seul connaissez.
account-login-number = L’identifiant ne peut pas être un numéro de sécurité sociale. Choisissez un nom que vous seul connaissez.
account-login-iban = L’identifiant ne peut pas être un numéro de compte bancaire. Choisissez un nom que vous seul connaissez.
account-login-taken = Cet identifiant est déjà pris. Choisissez-en un autre.
account-login-free = Ces identifiants sont libres :
account-login-is = Identifiant : { $login } (il ne change pas)
account-password = Mot de passe
account-password-hint = Au moins 9 caractères, avec une minuscule, une majuscule, un chiffre et un signe. Une petite phrase convient très bien.
account-password-again = Le même mot de passe, encore une fois
account-password-length = Le mot de passe compte de 9 à 128 caractères. Allongez-le, par exemple en petite phrase.
account-password-classes = Il manque au mot de passe une minuscule, une majuscule, un chiffre ou un signe comme - ou !
account-password-personal = Le mot de passe contient votre nom, votre date de naissance, un de vos numéros ou votre identifiant. Retirez-les.
account-password-weak = Ce mot de passe est trop facile à deviner. Prenez plusieurs mots sans rapport entre eux.
account-password-differs = Les deux mots de passe diffèrent. Saisissez le même deux fois.

# Terms
account-terms-title = Conditions d’utilisation
account-terms-lead = L’essentiel, en quelques phrases.
account-terms-changed = Les conditions ont changé. Lisez-les pour continuer.
account-terms-one = Votre espace reçoit les documents que vos soignants déposent et ceux que vous ajoutez.
account-terms-two = Vous choisissez qui les voit. Un professionnel a besoin de votre accord, et sa profession limite ce qu’il peut lire.
account-terms-three = Chaque consultation est notée dans votre historique. Personne ne peut l’effacer.
account-terms-four = Gardez votre mot de passe pour vous. Personne ne vous le demandera, ni au téléphone ni par courriel.
account-terms-five = Vous pouvez fermer votre espace et demander l’effacement de ce qu’il contient.
account-terms-agree = J’ai lu et j’accepte les conditions d’utilisation
account-terms-missing = Cochez la case pour accepter les conditions, ou quittez cette page : rien ne sera activé.
account-activate-button = Activer mon espace

# Contact
account-contact-title = Confirmer votre adresse
account-contact-lead = Nous y envoyons les codes de connexion et nous vous prévenons de ce qui arrive dans votre espace.
account-email = Adresse électronique
account-email-hint = Une adresse que vous êtes seul à lire.
account-email-wrong = Saisissez une adresse complète, par exemple nom@exemple.fr.
account-phone = Téléphone mobile
account-other-address = Corriger l’adresse
account-sent-to = Nous avons envoyé un code à { $to }.
account-one-time = Code à six chiffres
account-one-time-hint = Il est valable 10 minutes.

# Sign-in
account-sign-in-title = Connexion
account-sign-in-code-title = Confirmer la connexion
account-sign-in-wrong = Identifiant ou mot de passe incorrect. Vérifiez-les, ou suivez le lien « oublié ».
account-sign-in-locked = Trop d’essais. Pour votre sécurité, attendez demain, ou suivez le lien « oublié ».
account-sign-in-closed = Cet espace est suspendu. L’assistance peut vous dire pourquoi.
account-ended-title = Votre session a expiré
account-ended-text = Vous avez été déconnecté pour protéger vos informations. Rien n’est perdu.
account-not-yet = Première visite ?
account-resend-by-email = Recevoir le code par courriel à { $to }
account-resend-by-sms = Recevoir le code par SMS au { $to }
account-other-login = Utiliser un autre identifiant

# Messages that leave: never a word of health
account-mail-subject = Carnet : votre code
account-provisional-body = Carnet : votre code provisoire est { $code }. Il est valable { $minutes } minutes. Si vous n’avez rien demandé, ignorez ce message et ne donnez ce code à personne.
account-one-time-body = Carnet : votre code est { $code }. Il est valable { $minutes } minutes. Ne le donnez à personne.
account-confirm-body = Carnet : votre code de confirmation est { $code }. Si vous n’avez rien demandé, ignorez ce message.
account-locked-body = Carnet : quelqu’un a essayé plusieurs fois d’activer l’espace à votre nom. Les essais sont bloqués jusqu’à demain. Si c’était vous, réessayez demain. Sinon, vous n’avez rien à faire.

# First choices
account-choices-title = Vos deux premiers choix
account-choices-lead = Vous pourrez les changer à tout moment dans les réglages.
account-choices-keep = Enregistrer mes choix
account-choices-kept = Vos choix sont enregistrés.
account-visibility = Les nouveaux documents
account-visibility-hint = Dans les deux cas, un professionnel ne voit rien sans votre accord.
account-visibility-later = Ce choix vaut pour les documents à venir. Ceux que vous avez déjà ne changent pas.
account-visibility-missing = Choisissez si les nouveaux documents sont visibles ou masqués.
account-visibility-visible = Visibles par les professionnels que j’autorise
account-visibility-visible-hint = Les soignants ont ce qu’il faut pour bien soigner. Vous pourrez masquer un document précis.
account-visibility-masque = Masqués pour les professionnels
account-visibility-masque-hint = Aucun professionnel ne les lit, sauf leur auteur. Vous choisirez un par un ceux que vous montrez.
account-emergency = En cas d’urgence
account-emergency-hint = La loi permet les deux premiers accès, sauf si vous les refusez. Décochez ce que vous refusez. Vous êtes toujours prévenu.
account-emergency-dispatch = Le médecin du SAMU peut ouvrir cet espace
account-emergency-dispatch-hint = Quand on appelle le 15, il voit les allergies ou les traitements avant d’envoyer les secours.
account-emergency-glass = Un professionnel peut l’ouvrir quand personne ne peut répondre
account-emergency-glass-hint = En cas de danger, si la personne est inconsciente par exemple, le soignant présent l’ouvre et doit dire pourquoi.
account-emergency-hidden = Dans ces cas, il voit aussi ce que j’ai masqué
account-emergency-hidden-hint = Vaut seulement si l’une des deux cases précédentes est cochée. Sans cette case, ce que vous avez masqué le reste, même en urgence.

# Home
account-home-hello = Bonjour { $name }
account-home-of = Espace de { $name }
account-home-empty = Votre espace est prêt. Voici par où commencer.
account-home-add = Ajouter un premier document
account-home-add-text = Une ordonnance, un résultat : photographiez-le ou choisissez un fichier.
account-home-measures = Suivre mes mesures
account-home-access = Voir qui a accès
account-home-settings = Régler mon espace
account-home-new = { $count ->
    [0] Rien de nouveau depuis votre dernière visite.
    [one] { $count } nouveau document
   *[other] { $count } nouveaux documents
 }
account-home-emergency = Ce dossier a été ouvert en urgence
account-home-emergency-text = Voyez qui l’a ouvert, et pourquoi.
account-home-unread = { $count ->
    [one] { $count } notification non lue
   *[other] { $count } notifications non lues
 }
account-home-unread-text = Voyez ce que d’autres ont fait ici.
account-home-new-text = Depuis que vous avez lu vos notifications.
account-home-ways = Raccourcis
account-home-documents = Mes documents
account-home-bring = Ajouter un document
account-home-phone = Ajouter un mobile
account-home-looks = Qui a consulté récemment
account-home-history = Tout l’historique
account-home-no-looks = Aucun professionnel n’a consulté vos documents récemment.

# Relatives
account-measures-title = Valeurs de vos documents
account-measures-line = Les montrer ou non parmi vos mesures
account-notices-title = Notifications
account-notices-line = Ce qui vous est envoyé, quand et comment
account-relatives-title = Mes proches
account-relatives-new = { $count ->
    [one] { $count } notification non lue
   *[other] { $count } notifications non lues
 }
account-relatives-new-more = Au moins { $count } notifications non lues
account-relatives-lead = Les enfants dont vous êtes le représentant légal, d’après votre caisse d’assurance maladie.
account-relatives-line = Ouvrir l’espace d’un enfant
account-relatives-none = Aucun enfant rattaché
account-relatives-none-text = Si un de vos enfants manque, signalez-le à votre caisse d’assurance maladie.
account-relatives-own = Mon espace
account-relatives-back = Revenir à mon espace
account-relatives-open = Ouvrir son espace
account-relatives-current = Espace affiché
account-relatives-now = Vous êtes dans l’espace de { $name }.

# Settings
account-identity = Identité nationale de santé
account-identity-text = Elle vient de l’état civil. Pour la corriger, adressez-vous à votre caisse d’assurance maladie.
account-identity-family = Nom de naissance
account-identity-given = Prénoms de naissance
account-identity-birth = Date de naissance
account-identity-sex = Sexe
account-identity-sex-female = Féminin
account-identity-sex-male = Masculin
account-identity-sex-unknown = Non déterminé
account-identity-place = Lieu de naissance (code Insee)
account-identity-number = Matricule INS
account-settings-account = Connexion et coordonnées
account-settings-choices = Confidentialité et urgences
account-password-change = Mot de passe
account-sessions = Appareils connectés
account-sessions-device = Appareil
account-sessions-seen = Dernière utilisation
account-sessions-action = Action
account-sessions-here = Cet appareil
account-sessions-end = Déconnecter
account-sessions-end-others = Déconnecter tous les autres appareils
account-sessions-ended = { $count ->
    [0] Aucun autre appareil n’était connecté.
    [one] Un appareil a été déconnecté.
   *[other] { $count } appareils ont été déconnectés.
 }

# The password again, before a sensitive step
account-verify-title = Vérifions que c’est bien vous
account-verify-lead = Cette étape est sensible. Saisissez de nouveau votre mot de passe pour continuer.
account-verify-go = Continuer

# Changing contacts and password
account-password-title = Changer de mot de passe
account-password-current = Mot de passe actuel
account-password-new = Nouveau mot de passe
account-password-wrong = Ce n’est pas votre mot de passe actuel. Vérifiez la saisie.
account-password-same = Le nouveau mot de passe est le même que l’ancien. Choisissez-en un autre.
account-password-changed = Votre mot de passe est changé. Les autres appareils ont été déconnectés.
account-password-changed-body = Carnet : votre mot de passe vient d’être changé. Si ce n’était pas vous, changez-le aussitôt avec le lien « oublié » de la page de connexion.
account-contact-email-title = Changer d’adresse électronique
account-contact-sms-title = Changer de téléphone mobile
account-contact-change-lead = Nous envoyons un code à la nouvelle coordonnée. L’ancienne reste valable tant qu’il n’est pas saisi.
account-contact-changed = Votre nouvelle coordonnée est enregistrée.
account-contact-changed-body = Carnet : une coordonnée de votre compte vient d’être changée. Si ce n’était pas vous, changez votre mot de passe aussitôt.
account-mail-changed = Carnet : votre compte a été modifié
account-email-new = Nouvelle adresse électronique
account-phone-new = Nouveau numéro de mobile
account-phone-hint = Un numéro français qui commence par 06 ou 07.
account-sms-wrong = Saisissez un numéro de mobile français de 10 chiffres, qui commence par 06 ou 07.

# Recovery
account-recover-title = Identifiant ou mot de passe oublié
account-recover-lead = Prouvez que c’est bien vous : nous enverrons un code à une coordonnée que vous avez confirmée.
account-recover-new-title = Choisir un nouveau mot de passe
account-recover-login = Votre identifiant
account-recover-enough = Je me souviens de mon mot de passe : me connecter

# A space that will open: the notice, in what words it leaves
account-opening-subject = Carnet : un espace va s’ouvrir à votre nom
account-opening-body =
    Bonjour,

    Un espace Carnet s’ouvrira à votre nom le { $day }. C’est un espace en ligne, à vous seul : vous y gardez vos documents et vous choisissez qui les voit.

    Vous n’avez rien à faire pour qu’il s’ouvre. Pour vous en servir dès maintenant : { $origin }/activation

    Vous n’en voulez pas ? Vous avez le droit de refuser, sans donner de raison, avant cette date : { $origin }/opposition

    Après l’ouverture, vous pourrez demander sa fermeture à tout moment : { $origin }/aide
account-opening-child-body =
    Bonjour,

    Un espace Carnet s’ouvrira le { $day } pour un enfant dont vous êtes le représentant légal. C’est un espace en ligne où vous gardez ses documents ; vous choisissez qui les voit.

    Vous n’avez rien à faire pour qu’il s’ouvre. Vous le trouverez dans votre propre espace, à la rubrique « Mes proches » : { $origin }/connexion

    Vous n’en voulez pas ? Vous avez le droit de refuser, sans donner de raison, avant cette date : { $origin }/opposition

    Après l’ouverture, vous pourrez demander sa fermeture à tout moment : { $origin }/aide
account-opening-sms = Carnet : un espace s’ouvrira à votre nom, ou à celui de votre enfant, le { $day }. Pour l’utiliser ou le refuser avant cette date : { $origin }/opposition

# Children: their spaces are opened from the one of who represents them
account-children-title = L’espace d’un enfant
account-children-text = Vous avez saisi la date de naissance d’un enfant que vous représentez :
account-children-where = Son espace se trouve dans le vôtre, à la rubrique « Mes proches ». Si deux enfants sont nés le même jour, vous y choisirez le bon.
account-children-first = Je n’ai pas encore d’espace : activer d’abord le mien

# Refusing that a space opens
account-oppose-title = Refuser l’ouverture d’un espace
account-oppose-link = Vous ne voulez pas d’espace ? Refusez son ouverture
account-oppose-lead = Vous avez reçu l’annonce d’un espace Carnet, pour vous ou pour votre enfant. Vous pouvez refuser son ouverture, sans donner de raison.
account-oppose-means-deposit = Aucun soignant ne pourra y déposer de document.
account-oppose-means-care = Cela ne change rien à vos soins ni à vos remboursements.
account-oppose-means-back = Vous pourrez changer d’avis quand vous voudrez.
account-oppose-number-hint = Le vôtre, même pour un enfant : les 15 chiffres de votre carte Vitale.
account-oppose-child = Pour un enfant, saisissez ci-dessous sa date de naissance à la place de la vôtre.
account-oppose-rather = Je préfère activer mon espace
account-oppose-choice-title = Confirmer votre refus
account-oppose-which = De quel espace refusez-vous l’ouverture ?
account-oppose-which-hint = Plusieurs enfants sont nés ce jour-là. Pour les deux, recommencez ensuite avec l’autre.
account-oppose-missing = Choisissez l’espace dont vous refusez l’ouverture.
account-oppose-opens = L’espace doit s’ouvrir le { $day }.
account-oppose-opens-later = L’espace n’est pas encore ouvert.
account-oppose-go = Je refuse l’ouverture
account-oppose-leave = Ne rien changer
account-oppose-nothing = Il n’y a pas d’ouverture à refuser.
account-oppose-is-opposed = { $name } : vous avez refusé l’ouverture le { $day }.
account-oppose-is-open = { $name } : l’espace est ouvert depuis le { $day }. Pour le fermer : activez-le si ce n’est pas fait, puis suivez « Fermer » dans ses réglages.
account-oppose-is-closed = { $name } : l’espace est fermé ou suspendu.
account-opposed-subject = Carnet : votre refus est enregistré
account-opposed-body = Carnet : le refus d’ouverture d’un espace, pour vous ou pour votre enfant, est enregistré. Si ce n’était pas vous, ou si vous changez d’avis, activez l’espace quand vous voulez.
account-opposed-before = Vous aviez refusé l’ouverture de cet espace
account-opposed-before-text = Si vous l’activez, votre refus ne compte plus. Sinon, quittez cette page : rien ne change.
account-proof-title = Attestation de refus
account-proof-line = { $name } : ouverture refusée le { $moment }.
account-proof-text = Aucun document n’est reçu ni conservé dans cet espace. Il ne s’ouvrira pas, sauf si vous l’activez un jour.
account-proof-day = Attestation établie le { $day }.
account-proof-keep = Imprimez cette page ou enregistrez-la. Vous pourrez la retrouver avec votre carte, depuis la page du refus.
account-proof-back = Changer d’avis : activer l’espace
account-relatives-announced = Son espace s’ouvrira le { $day }.
account-relatives-announced-later = Son espace n’est pas encore ouvert.
account-relatives-opposed = Vous avez refusé l’ouverture de son espace.
account-relatives-open-now = Ouvrir l’espace maintenant
account-relatives-opened = Son espace est ouvert.

# Closing the space
account-close-section = Fermer
account-close-title = Fermer mon espace
account-close-child-title = Fermer cet espace
account-close-line = Archiver ou effacer ce qu’il contient
account-close-lead = Vous pouvez fermer cet espace à tout moment, sans donner de raison.
account-close-means-feed = Plus aucun soignant ne pourra y déposer de document.
account-close-means-see = Plus personne ne pourra l’ouvrir, même en urgence. Les accords que vous avez donnés prennent fin.
account-close-means-care = Cela ne change rien aux soins ni aux remboursements. Les soignants gardent leurs propres dossiers.
account-close-means-directives = Si vous y gardez des directives anticipées, personne ne pourra plus les lire : remettez-les à votre médecin ou à une personne de confiance.
account-close-means-relatives = Les espaces de vos enfants restent ouverts, mais vous ne pourrez plus y entrer.
account-close-before = Téléchargez d’abord ce que vous voulez garder.
account-close-documents = Voir les documents
account-close-then = Que devient ce qu’il contient ?
account-close-archive = Le garder en archive pendant 10 ans
account-close-archive-hint = Personne ne le lit. Vous pouvez rouvrir l’espace, avec tout son contenu, jusqu’au { $day }. Ce jour-là, tout est effacé.
account-close-effacement = Tout effacer
account-close-effacement-hint = Tout est effacé le { $day }, pour toujours. Jusque-là, vous pouvez changer d’avis.
account-close-missing = Choisissez ce que devient le contenu de l’espace.
account-close-back = Pour changer d’avis, il suffira d’activer de nouveau l’espace avec votre carte Vitale.
account-close-child-back = Pour changer d’avis, il suffira de le rouvrir depuis « Mes proches ».
account-close-go = Fermer l’espace
account-closed-title = L’espace est fermé
account-closed-line = { $name } : espace fermé le { $moment }.
account-closed-archived = Son contenu reste archivé jusqu’au { $day }. Personne ne le lit. Ce jour-là, il est effacé.
account-closed-erased = Son contenu est effacé le { $day }.
account-closed-backups = Une sauvegarde peut encore contenir la clé qui le déchiffre. La dernière est détruite au plus tard le { $day } : ensuite, plus personne ne peut rien en lire, pas même nous.
account-closed-elsewhere = Les soignants gardent leurs propres dossiers : pour ceux-là, adressez-vous à eux.
account-closed-back = Vous changez d’avis avant l’effacement ? Activez de nouveau l’espace avec votre carte Vitale : vous y retrouverez tout.
account-closed-child-back = Vous changez d’avis avant l’effacement ? Rouvrez l’espace depuis « Mes proches » : vous y retrouverez tout.
account-closed-keep = Imprimez cette page ou enregistrez-la maintenant : vous ne pourrez plus la retrouver.
account-closed-reopen = Activer de nouveau l’espace
account-closed-before = Vous aviez fermé cet espace
account-closed-before-text = Si vous l’activez, il s’ouvre de nouveau avec tout ce qu’il contenait. Sinon, quittez cette page : rien ne change.
account-closed-subject = Carnet : un espace est fermé
account-closed-archived-body = Carnet : un espace, le vôtre ou celui d’une personne que vous représentez, vient d’être fermé. Il reste archivé jusqu’au { $day }, puis il est effacé. Ce n’était pas vous, ou vous changez d’avis ? Rouvrez-le : { $origin }/activation, ou « Mes proches » pour un enfant.
account-closed-erased-body = Carnet : un espace, le vôtre ou celui d’une personne que vous représentez, vient d’être fermé. Il sera effacé pour toujours le { $day }. Ce n’était pas vous, ou vous changez d’avis ? Rouvrez-le avant : { $origin }/activation, ou « Mes proches » pour un enfant.
account-erased-subject = Carnet : un espace est effacé
account-erased-body = Carnet : l’espace qui avait été fermé est effacé. Une sauvegarde peut encore contenir sa clé ; la dernière est détruite au plus tard le { $day }. Gardez ce message : c’est votre attestation.
account-erased-body-none = Carnet : l’espace qui avait été fermé est effacé, et aucune sauvegarde ne contient plus sa clé. Gardez ce message : c’est votre attestation.
account-relatives-closed = Cet espace est fermé. Il sera effacé le { $day }.

# A provisional code by letter
account-means-courrier = Par courrier, à mon adresse postale
account-means-courrier-hint = Comptez quelques jours. Le code sera valable 15 jours.
account-means-recu = J’ai déjà reçu un courrier avec un code
account-letter-lead = Si les informations correspondent à une personne dont nous connaissons l’adresse postale, un courrier part aujourd’hui. Quand il arrive, revenez sur ce site avec votre carte, choisissez « J’ai déjà reçu un courrier », et saisissez son code.
account-letter-received = Saisissez le code écrit dans le courrier.
account-letter-wrong = Ce code n’est pas le bon, ou il ne compte plus : il vaut 15 jours, pour trois essais. Vérifiez-le sur le dernier courrier reçu, ou demandez-en un autre.
account-code-nothing-paper = Si votre caisse ne connaît que votre adresse postale, le code part par courrier. Quand il arrive, revenez ici et choisissez « J’ai déjà reçu un courrier ».
account-letter-subject = Votre code provisoire pour votre espace Carnet
account-letter-body =
    Bonjour,

    Votre code provisoire est :

    { $code }

    Il sert une fois, jusqu’au { $day }. Munissez-vous de votre carte Vitale et rendez-vous à cette adresse :

    { $origin }/activation

    Vous préférez refuser l’ouverture d’un espace ? Allez plutôt à { $origin }/opposition

    Après votre identité, choisissez « J’ai déjà reçu un courrier avec un code ».

    Vous n’avez rien demandé ? Ne donnez ce code à personne et détruisez ce courrier : sans votre carte, il ne sert à rien.

# Taking everything away
account-take-away = Tout emporter
account-take-away-line = Une archive de tout ce que vous voyez ici
account-bring-back = Rapporter une archive
account-bring-back-line = Celle d’un autre Carnet, dans un espace encore vide
