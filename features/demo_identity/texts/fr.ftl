demo-identity-title = Identité de démonstration
demo-identity-lead = Choisissez qui vous êtes. Aucun mot de passe n’est demandé.
demo-identity-fictional-title = Toutes ces personnes sont fictives
demo-identity-fictional = Cette page remplace, pour la démonstration, le service d’identité officiel. N’y saisissez rien de personnel.
demo-identity-places = { $count ->
    [one] { $count } lieu d’exercice
   *[other] { $count } lieux d’exercice
 }
demo-identity-choose = Continuer
demo-identity-as = en tant que { $name }
demo-identity-refuse = Revenir sans m’identifier
demo-identity-bad-client = Le service qui vous envoie ici n’est pas connu de l’identité de démonstration.
demo-identity-bad-request = La demande d’identification est incomplète. Revenez au service et recommencez.
demo-identity-out-title = Vous êtes déconnecté
demo-identity-out = L’identité de démonstration ne garde aucune session.
demo-identity-out-home = Revenir à l’accueil
demo-identity-phone-title = Les téléphones de démonstration
demo-identity-phone-lead = Cette page tient lieu du téléphone de chaque professionnel fictif : les demandes de connexion y arrivent.
demo-identity-phone-none = Aucune demande
demo-identity-phone-none-text = Demandez d’abord à confirmer sur téléphone, depuis la page de connexion des professionnels.
demo-identity-phone-again = Regarder de nouveau
demo-identity-phone-asks = « { $service } » demande si c’est vous.
demo-identity-phone-code = Ce code est-il aussi à l’écran devant vous ?
demo-identity-phone-yes = Oui, c’est moi
demo-identity-phone-no = Non
demo-identity-phone-gone = Cette demande n’attend plus de réponse. Recommencez depuis la page de connexion.
