# The shell
shell-skip = Aller au contenu
shell-demo = Démonstration : tout ici est fictif.
shell-demo-people = Personnages
shell-acting-change = Changer d’espace
shell-home = Carnet, accueil
shell-nav = Menu principal
shell-profile = Menu de
shell-sign-out = Se déconnecter
shell-notices = { $count ->
    [0] Notifications
    [one] Notifications : { $count } non lue
   *[other] Notifications : { $count } non lues
 }
shell-notices-more = Notifications : au moins { $count } non lues
shell-waiting = { $count ->
    [one] nouveau
   *[other] nouveaux
 }
shell-not-official = Carnet est un logiciel libre. Ce n’est pas le service officiel Mon espace santé.
shell-legal = Mentions légales
shell-privacy = Données personnelles
shell-terms = Conditions d’utilisation
shell-accessibility = Accessibilité
shell-help = Aide
shell-idle-title = Êtes-vous toujours là ?
shell-idle-text = Sans action de votre part, vous serez déconnecté dans deux minutes pour protéger vos informations.
shell-idle-stay = Rester connecté

# Forms
form-errors = { $count ->
    [one] Un champ est à corriger
   *[other] { $count } champs sont à corriger
 }
form-optional = (facultatif)
form-show = Afficher
form-hide = Masquer
form-cancel = Annuler

# Components
ui-breadcrumb = Fil d’Ariane
ui-pagination = Pages de la liste
ui-previous = Précédent
ui-next = Suivant
ui-steps = Étapes
ui-step-of = Étape { $step } sur { $count }
ui-step-done = (terminé)

# What goes wrong
problem-bad-request-title = Demande incomplète
problem-bad-request-text = Nous n’avons pas compris ce qui a été envoyé. Revenez en arrière et recommencez.
problem-forbidden-title = Accès refusé
problem-forbidden-text = Vous n’avez pas le droit de faire cette action.
problem-not-found-title = Page introuvable
problem-not-found-text = Cette page n’existe pas, ou vous n’y avez pas accès. Vérifiez l’adresse, ou repartez de l’accueil.
problem-gone-title = Cet élément a été supprimé
problem-gone-text = Ce que vous cherchez a existé, mais a été supprimé. Il ne peut plus être affiché.
problem-too-large-title = Envoi trop volumineux
problem-too-large-text = Le fichier ou le formulaire dépasse la taille permise. Rien n’a été enregistré.
problem-too-many-title = Trop de tentatives
problem-too-many-text = { $minutes ->
    [one] Pour votre sécurité, patientez une minute avant de réessayer.
   *[other] Pour votre sécurité, patientez { $minutes } minutes avant de réessayer.
 }
problem-expired-title = Cette page a expiré
problem-expired-text = Elle est restée ouverte trop longtemps, ou vous vous êtes reconnecté entre-temps. Rien n’a été enregistré : recommencez l’action.
problem-full-title = Plus de place pour enregistrer
problem-full-text = Le serveur n’a plus de place : rien de ce que vous venez d’envoyer n’a été enregistré, et rien de ce qui l’était déjà n’est perdu. Gardez votre fichier, revenez à la page d’avant (ce que vous avez écrit y est encore) et réessayez plus tard. L’équipe est prévenue.
problem-internal-title = Un problème est survenu
problem-internal-text = C’est de notre fait, et l’équipe en est informée. Réessayez dans quelques minutes.
problem-incident = Si le problème persiste, indiquez ce numéro à l’assistance :
problem-home = Retour à l’accueil
problem-help = Consulter l’aide
