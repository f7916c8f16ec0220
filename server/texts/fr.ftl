# Demo
demo-title = Démonstration de Carnet
demo-lead = Tout ce que vous voyez ici est fictif : personnes, professionnels, documents. Vous pouvez tout essayer.
demo-persons = Des personnes
demo-ready = Espace déjà activé
demo-to-activate = Espace à activer
demo-login = Identifiant
demo-password = Mot de passe
demo-nir = Numéro de sécurité sociale
demo-card = Numéro de carte Vitale
demo-birth = Date de naissance
demo-professionals = Des professionnels
demo-professionals-text = Ils se connectent avec l’identité de démonstration, qui tient lieu de Pro Santé Connect.
demo-images = Ici, l’établissement montrerait les images
demo-images-lead = Dans la démonstration, personne ne garde d’images : cette page tient la place de la visionneuse.
demo-images-text = Carnet n’a transmis que le numéro de l’examen. C’est l’établissement qui demande à chacun qui il est, et qui décide de ce qu’il montre.
demo-outbox = Messages envoyés
demo-outbox-lead = Les courriels, SMS et lettres qui seraient partis, codes compris. Le plus récent d’abord.
demo-outbox-empty = Rien n’est encore parti
demo-outbox-empty-text = Les codes de connexion et les avis apparaîtront ici.
demo-outbox-refresh = Actualiser
demo-sign-in = Se connecter
demo-activate = Activer un espace
demo-pro = Espace professionnel
demo-phones = Leurs téléphones
demo-rpps = Numéro RPPS :
demo-to = À { $to }

# Legal
legal-title = Mentions légales
legal-1-title = Ce qu’est Carnet
legal-1 = Carnet est un espace numérique de santé libre, que chaque organisme peut installer lui-même. Ce n’est pas Mon espace santé, le service officiel de l’État et de l’Assurance maladie, et il n’a aucun lien avec lui.
legal-2-title = Qui exploite cette installation
legal-2 = L’organisme qui exploite cette installation en est responsable. Il doit compléter cette page : nom, adresse, directeur de la publication, hébergeur certifié HDS.
legal-operator = Exploitant : { $value }
legal-director = Direction de la publication : { $value }
legal-host = Hébergement des données de santé : { $value }
legal-contact = Pour écrire à l’exploitant : { $value }
legal-3-title = Logiciel libre
legal-3 = Le logiciel est publié sous la licence publique de l’Union européenne (EUPL-1.2). La police Atkinson Hyperlegible est publiée sous licence OFL.

privacy-title = Données personnelles
privacy-1-title = Ce qui est conservé
privacy-1 = Votre identité, vos coordonnées, vos documents de santé, vos choix et l’historique de tout ce qui a été fait dans votre espace. Rien n’est vendu, rien ne sert à la publicité, aucun service extérieur n’est appelé par les pages.
privacy-2-title = Comment c’est protégé
privacy-2 = Tout ce qui vous concerne est chiffré avec une clé qui n’appartient qu’à votre dossier. L’exploitant n’a aucun écran pour lire vos documents.

    Qui prendrait le contrôle complet du serveur en marche le pourrait. L’historique est scellé : s’il était réécrit, cela se verrait.
privacy-3-title = Qui peut voir
privacy-3 = Vous, vos représentants légaux, et les professionnels à qui vous avez donné votre accord, selon leur profession. Ni assureur, ni banque, ni employeur : la loi l’interdit, même avec votre accord.
privacy-4-title = Vos droits
privacy-4 = Vous pouvez masquer un document, bloquer un professionnel, retirer un accord, demander la rectification ou l’effacement de vos données, et saisir la CNIL (cnil.fr).
privacy-5-title = Témoins de connexion
privacy-5 = Un seul témoin, strictement nécessaire, vous garde connecté ; un autre retient votre langue. Si un professionnel désactive les raccourcis clavier, son navigateur le retient. Aucun traceur.

privacy-dpo = Délégué à la protection des données : { $value }

terms-title = Conditions d’utilisation
terms-1-title = L’essentiel
terms-1 = { account-terms-one }

    { account-terms-two }

    { account-terms-three }

    { account-terms-four }

    { account-terms-five }
terms-2-title = Quand elles changent
terms-2 = Si ces conditions changent, elles vous sont présentées à votre visite suivante. Vous pouvez refuser et fermer votre espace.

accessibility-title = Accessibilité : partiellement conforme
accessibility-1-title = Engagement
accessibility-1 = Carnet vise la conformité totale au RGAA 4.1 et aux WCAG 2.2, niveau AA. Les pages fonctionnent sans script.
accessibility-2-title = État de conformité
accessibility-2 = Cette version est partiellement conforme. Elle n’a pas encore été auditée par un tiers, et aucun taux de conformité n’a été calculé.
accessibility-3-title = Ce qui est vérifié
accessibility-3 = À chaque modification, des contrôles automatiques portent sur les contrastes en clair et en sombre, la structure des pages et des formulaires, et le parcours principal dans le navigateur Chromium.
accessibility-4-title = Ce qui ne l’est pas
accessibility-4 = Les pages n’ont pas été essayées avec un lecteur d’écran par des personnes qui s’en servent. Les documents déposés par des tiers (PDF, images) restent tels qu’ils sont reçus : ils peuvent ne pas être accessibles.
accessibility-5-title = Signaler un obstacle
accessibility-5 = Si quelque chose vous empêche d’utiliser Carnet, écrivez à l’exploitant de cette installation. S’il ne répond pas, vous pouvez saisir le Défenseur des droits (defenseurdesdroits.fr).

help-title = Aide
help-1-title = Activer votre espace
help-1 = Munissez-vous de votre numéro de sécurité sociale, de votre carte Vitale et de votre date de naissance. Un code vous est envoyé aux coordonnées connues de votre caisse. Si elles sont fausses, faites-les corriger auprès d’elle.
help-2-title = Identifiant ou mot de passe oublié
help-2 = Sur la page de connexion, suivez « Identifiant ou mot de passe oublié ».
help-3-title = Un document n’est pas à vous
help-3 = Ne le diffusez pas, et signalez-le à l’établissement qui l’a déposé ou à l’exploitant de cette installation.
help-4-title = Message suspect
help-4 = Carnet n’envoie jamais de lien demandant un mot de passe, et personne ne vous demandera un code par téléphone. Dans le doute, ne répondez pas.
help-5-title = Urgence
help-5 = Carnet n’est pas un service d’urgence : appelez le 15 ou le 112, ou le 114 par SMS.

# The letter to people whose records an account opened
register-letter-subject = Votre espace Carnet : un compte a pu être utilisé sans droit
register-letter-body =
    Bonjour,

    Le compte d’un professionnel a peut-être été utilisé par quelqu’un d’autre, ou en dehors de ses fonctions. { $what }

    Jours concernés : { $days }

    Ce que cela peut entraîner : ce qui a été vu pourrait être conservé ou montré à d’autres. Méfiez-vous d’un appel, d’un message ou d’une visite qui s’en servirait.

    Ce qui est fait : ce compte est examiné par l’exploitant de cette installation, qui prévient les autorités lorsque la loi le demande.

    Ce que vous pouvez faire : ouvrez votre historique pour voir qui a fait quoi, et contestez un accès que vous ne reconnaissez pas. Vous pouvez aussi bloquer un professionnel. Votre historique est ici :

    { $origin }/historique

    Pour toute question, ou pour joindre le délégué à la protection des données : { $origin }/donnees-personnelles

    Vous pouvez aussi vous adresser à la CNIL, 3 place de Fontenoy, TSA 80715, 75334 Paris cedex 07, ou porter plainte.
register-letter-name = Ce compte a vu que vous avez un espace et qui vous êtes. Il n’a rien ouvert d’autre.
register-letter-record = Ce compte a ouvert votre espace.
