# Demo
demo-title = Carnet demonstration
demo-lead = Everything you see here is fictional: people, professionals, documents. You may try anything.
demo-persons = People
demo-ready = Space already activated
demo-to-activate = Space to activate
demo-login = Login
demo-password = Password
demo-nir = Social security number
demo-card = Vitale card number
demo-birth = Date of birth
demo-professionals = Professionals
demo-professionals-text = They sign in with the demonstration identity, which stands in for Pro Santé Connect.
demo-images = Here the place would show the images
demo-images-lead = In the demonstration nobody keeps images: this page stands for the viewer.
demo-images-text = Carnet gave nothing but the number of the examination. The place itself asks everybody who they are, and decides what it shows.
demo-outbox = Messages sent
demo-outbox-lead = The e-mails, SMS and letters that would have left, codes included. Newest first.
demo-outbox-empty = Nothing has left yet
demo-outbox-empty-text = Sign-in codes and notices will appear here.
demo-outbox-refresh = Refresh
demo-sign-in = Sign in
demo-activate = Activate a space
demo-pro = Professional space
demo-phones = Their phones
demo-rpps = RPPS number:
demo-to = To { $to }

# Legal
legal-title = Legal notice
legal-1-title = What Carnet is
legal-1 = Carnet is a free digital health space that any organisation may install itself. It is not Mon espace santé, the official service of the French State and health insurance, and has no link with it.
legal-2-title = Who runs this installation
legal-2 = The organisation that runs this installation is responsible for it. It must complete this page: name, address, publisher, certified health data host.
legal-operator = Operator: { $value }
legal-director = Publisher: { $value }
legal-host = Health data host: { $value }
legal-contact = To write to the operator: { $value }
legal-3-title = Free software
legal-3 = The software is published under the European Union Public Licence (EUPL-1.2). The typeface Atkinson Hyperlegible is published under the OFL.

privacy-title = Personal data
privacy-1-title = What is kept
privacy-1 = Your identity, contact details, health documents, choices, and the history of everything done in your space. Nothing is sold, nothing serves advertising, and pages call no outside service.
privacy-2-title = How it is protected
privacy-2 = Everything about you is encrypted under a key that belongs to your record alone. The operator has no screen to read your documents.

    Whoever took complete control of the running server could. The history is sealed: if it were rewritten, it would show.
privacy-3-title = Who may see
privacy-3 = You, your legal representatives, and the professionals to whom you gave your agreement, according to their profession. No insurer, bank or employer: the law forbids it, even with your agreement.
privacy-4-title = Your rights
privacy-4 = You may hide a document, block a professional, withdraw an agreement, ask for your data to be corrected or erased, and turn to the CNIL (cnil.fr).
privacy-5-title = Cookies
privacy-5 = One cookie, strictly necessary, keeps you signed in; another remembers your language. If a professional turns keyboard shortcuts off, their browser remembers it. No tracker.

privacy-dpo = Data protection officer: { $value }

terms-title = Terms of use
terms-1-title = The essentials
terms-1 = { account-terms-one }

    { account-terms-two }

    { account-terms-three }

    { account-terms-four }

    { account-terms-five }
terms-2-title = When they change
terms-2 = If these terms change, they are shown to you at your next visit. You may refuse them and close your space.

accessibility-title = Accessibility: partially compliant
accessibility-1-title = Commitment
accessibility-1 = Carnet aims at full conformance with RGAA 4.1 and WCAG 2.2, level AA. Pages work without scripts.
accessibility-2-title = State of conformance
accessibility-2 = This version is partially compliant. It has not been audited by a third party yet, and no rate of conformance was computed.
accessibility-3-title = What is checked
accessibility-3 = With each change, automatic checks cover contrasts in light and dark, the structure of pages and forms, and the main path in the Chromium browser.
accessibility-4-title = What is not
accessibility-4 = The pages have not been tried with a screen reader by people who use one. Documents deposited by others (PDF, images) stay as they were received: they may not be accessible.
accessibility-5-title = Report an obstacle
accessibility-5 = If anything keeps you from using Carnet, write to the operator of this installation. Without an answer, you may turn to the Défenseur des droits (defenseurdesdroits.fr).

help-title = Help
help-1-title = Activating your space
help-1 = Have your social security number, your Vitale card and your date of birth at hand. A code is sent to the contact details that your insurance fund knows. If they are wrong, have them corrected there.
help-2-title = Forgotten login or password
help-2 = On the sign-in page, follow « Forgotten login or password ».
help-3-title = A document is not yours
help-3 = Do not pass it on, and report it to the organisation that deposited it or to the operator of this installation.
help-4-title = Suspicious message
help-4 = Carnet never sends a link that asks for a password, and nobody will ask you for a code by phone. When in doubt, do not answer.
help-5-title = Emergency
help-5 = Carnet is not an emergency service: call 15 or 112, or 114 by SMS.

# The letter to people whose records an account opened
register-letter-subject = Your Carnet space: an account may have been used without right
register-letter-body =
    Hello,

    The account of a professional may have been used by somebody else, or outside their duties. { $what }

    Days concerned: { $days }

    What may follow: what was seen could be kept or shown to others. Beware of a call, a message or a visit that makes use of it.

    What is done: the account is examined by who runs this installation, who tells the authorities where the law asks for it.

    What you can do: open your history to see who did what, and contest an access that you do not recognise. You can also block a professional. Your history is here:

    { $origin }/historique

    For any question, or to reach the data protection officer: { $origin }/donnees-personnelles

    You can also turn to the CNIL, 3 place de Fontenoy, TSA 80715, 75334 Paris cedex 07, or file a complaint.
register-letter-name = The account saw that you have a space and who you are. It opened nothing else.
register-letter-record = The account opened your space.
