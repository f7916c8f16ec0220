# Words used on several pages
account-continue = Continue
account-keep = Save
account-validate = Confirm
account-restart = Start over
account-expired = This step took too long. For your safety, start again.
account-sign-in = Sign in
account-signed-out = You are signed out.
account-activate = Activate my space
account-professional = Are you a health professional?
account-professional-text = You read a record with the person’s agreement, from your place of practice.
account-professional-link = Professional access
account-forgotten = Forgotten login or password?

# Front page
account-landing-tab = Your health, in your hands
account-landing-title = Your health, together and protected
account-landing-lead = Carnet keeps your health documents in one place. You decide who may see them, and you know who opened them.
account-landing-demo = Try it with fictional people
account-landing-honest = Carnet is free software. It is not the official service Mon espace santé.
account-landing-how = Open your space in five minutes
account-landing-how-card = Take your Vitale card.
account-landing-how-card-text = It carries the two numbers that you need.
account-landing-how-code = Receive a code.
account-landing-how-code-text = It comes by e-mail or SMS, to the contact that your health insurance knows.
account-landing-how-choices = Make your first choices.
account-landing-how-choices-text = What professionals see, and what happens in an emergency. You can always change your mind.
account-landing-together = Everything in one place
account-landing-together-text = Prescriptions, results, reports: your carers add them, you find them.
account-landing-decide = You decide
account-landing-decide-text = Hide a document, block a professional, change your mind whenever you like.
account-landing-trace = Nothing happens in secret
account-landing-trace-text = Every look leaves a trace that you can read, with the person’s name.

# Activation: identity
account-step-identity = Identity
account-step-code = Code
account-step-credentials = Login
account-step-terms = Terms
account-activate-title = Activate your space
account-activate-lead = Have your carte Vitale at hand. It takes five minutes.
account-already = I have already activated my space
account-number = Social security number
account-number-hint = The 15 digits on your carte Vitale, for example 2 85 05 99 999 001 31.
account-card = Serial number of the card
account-card-hint = 8 to 13 digits.
account-card-where = Where is the serial number?
account-card-photo = Card with a photo: the last 11 digits of the long number, at the bottom of the back.
account-card-no-photo = Card without a photo: the number of 8 to 13 digits, on the back of the card.
account-card-wrong = The serial number has 8 to 13 digits. Copy it from the back of the card.
account-birth = Date of birth
account-birth-hint = For example 27 3 1985. If the day or the month is not on your papers, leave it empty.
account-birth-wrong = Enter a date of birth that exists, with the year in four digits.
account-day = Day
account-month = Month
account-year = Year

# Activation: means and code
account-means-title = Receive a code
account-means-lead = We send a code to the address or mobile number that your health insurance knows.
account-means = By which means?
account-means-email = By e-mail
account-means-sms = By SMS
account-means-missing = Choose how to receive the code.
account-means-why = Why is my address not shown?
account-means-why-text = Until the code is entered, we do not know who is looking at this page. We show nothing about you on it.
account-means-change = If your address or number has changed, have your health insurance correct it first.
account-send-code = Send the code
account-code-title = Enter the code
account-code-lead = If the information matches a person whom we know, a code has just left.
account-code = Provisional code
account-code-hint = 8 letters and digits. Capital or small letters, it makes no difference.
account-code-wrong = This code is not the right one. Check the last message you received.
account-code-spent = Too many tries: this code no longer counts. Ask for another one.
account-code-late = This code has expired. Ask for another one.
account-code-too-soon = Wait 30 seconds before asking for another code.
account-code-nothing = I received nothing
account-code-nothing-spam = Wait a few minutes and look among unwanted mail.
account-code-nothing-facts = Some information may be mistyped.
account-code-nothing-contact = Your health insurance may not have the right address or mobile number: have it corrected. After several requests, wait until tomorrow.
account-resend = Send a code again
account-other-means = Choose another means

# Activation: what may stand in the way, told after the right code
account-impossible-active-title = Your space is already active
account-impossible-active-text = Sign in with the login and password that you chose.
account-impossible-minor-title = This is the space of a minor
account-impossible-minor-text = Until they are of age, a parent or legal representative looks after it from their own space, under “My family”.
account-impossible-closed-title = This space cannot be activated
account-impossible-closed-text = It is suspended, or its erasure has begun. The helpdesk can tell you more.

# Login and password
account-credentials-title = Choose your login
account-credentials-lead = You will need it each time you sign in, with a one-time code.
account-login = Login
account-login-hint = At least 8 characters: small letters without accents, digits, full stop, hyphen. You will not be able to change it.
account-login-length = The login has 8 to 100 characters. Make it longer or shorter.
account-login-characters = The login holds only small letters without accents, digits, and the signs . - _
account-login-email = The login cannot be an e-mail address. Choose a name that only you know.
account-login-number = The login cannot be a social security number. Choose a name that only you know.
account-login-iban = The login cannot be a bank account number. Choose a name that only you know.
account-login-taken = This login is already taken. Choose another one.
account-login-free = These logins are free:
account-login-is = Login: { $login } (it does not change)
account-password = Password
account-password-hint = At least 9 characters, with a small letter, a capital, a digit and a sign. A short sentence does very well.
account-password-again = The same password once more
account-password-length = The password has 9 to 128 characters. Make it longer, for example a short sentence.
account-password-classes = The password lacks a small letter, a capital, a digit, or a sign such as - or !
account-password-personal = The password holds your name, your date of birth, one of your numbers or your login. Take them out.
account-password-weak = This password is too easy to guess. Take several words that have nothing to do with each other.
account-password-differs = The two passwords differ. Enter the same one twice.

# Terms
account-terms-title = Terms of use
account-terms-lead = What matters, in a few sentences.
account-terms-changed = The terms have changed. Read them to go on.
account-terms-one = Your space receives the documents that your carers add and those that you add.
account-terms-two = You choose who sees them. A professional needs your consent, and their profession limits what they may read.
account-terms-three = Every look is noted in your history. Nobody can erase it.
account-terms-four = Keep your password to yourself. Nobody will ask you for it, neither by telephone nor by e-mail.
account-terms-five = You may close your space and ask for its content to be erased.
account-terms-agree = I have read and accept the terms of use
account-terms-missing = Tick the box to accept the terms, or leave this page: nothing will be activated.
account-activate-button = Activate my space

# Contact
account-contact-title = Confirm your address
account-contact-lead = We send sign-in codes to it and tell you what happens in your space.
account-email = E-mail address
account-email-hint = An address that only you read.
account-email-wrong = Enter a whole address, for example name@example.org.
account-phone = Mobile telephone
account-other-address = Correct the address
account-sent-to = We sent a code to { $to }.
account-one-time = Six-digit code
account-one-time-hint = It is valid for 10 minutes.

# Sign-in
account-sign-in-title = Sign in
account-sign-in-code-title = Confirm it is you
account-sign-in-wrong = Wrong login or password. Check them, or follow the link “forgotten”.
account-sign-in-locked = Too many tries. For your safety, wait until tomorrow, or follow the link “forgotten”.
account-sign-in-closed = This space is suspended. The helpdesk can tell you why.
account-ended-title = Your session has expired
account-ended-text = You were signed out to protect your information. Nothing is lost.
account-not-yet = First visit?
account-resend-by-email = Receive the code by e-mail at { $to }
account-resend-by-sms = Receive the code by SMS at { $to }
account-other-login = Use another login

# Messages that leave: never a word of health
account-mail-subject = Carnet: your code
account-provisional-body = Carnet: your provisional code is { $code }. It is valid for { $minutes } minutes. If you asked for nothing, ignore this message and give this code to nobody.
account-one-time-body = Carnet: your code is { $code }. It is valid for { $minutes } minutes. Give it to nobody.
account-confirm-body = Carnet: your confirmation code is { $code }. If you asked for nothing, ignore this message.
account-locked-body = Carnet: somebody tried several times to activate the space in your name. Tries are blocked until tomorrow. If it was you, try again tomorrow. If not, there is nothing to do.

# First choices
account-choices-title = Your first two choices
account-choices-lead = You can change them at any time in the settings.
account-choices-keep = Save my choices
account-choices-kept = Your choices are saved.
account-visibility = Your new documents
account-visibility-hint = In both cases, a professional sees nothing without your consent.
account-visibility-later = This holds for documents to come. Those that you already have do not change.
account-visibility-missing = Choose whether your new documents are visible or hidden.
account-visibility-visible = Visible to the professionals whom I authorise
account-visibility-visible-hint = Your carers have what they need to care for you well. You can still hide any one document.
account-visibility-masque = Hidden from professionals
account-visibility-masque-hint = Only you and the author of the document can read it. You choose one by one those that you show.
account-emergency = In an emergency
account-emergency-hint = The law allows the first two unless you refuse them. Untick what you refuse. You are always told.
account-emergency-dispatch = The doctor of the SAMU may open my space
account-emergency-dispatch-hint = When 15 is called for you, they see your allergies or treatments before sending help.
account-emergency-glass = A professional may open it if I cannot answer
account-emergency-glass-hint = If you are unconscious and in danger, the carer with you opens your space and must say why.
account-emergency-hidden = In these cases, they also see what I have hidden
account-emergency-hidden-hint = Without this, what you have hidden stays so, even in an emergency.

# Home
account-home-hello = Hello { $name }
account-home-of = { $name }’s space
account-home-empty = Your space is ready. Here is where to begin.
account-home-add = Add a first document
account-home-add-text = A prescription, a result: take a photo of it or choose a file.
account-home-measures = Follow my measures
account-home-access = See who has access
account-home-settings = Set up my space
account-home-new = { $count ->
    [0] Nothing new since your last visit.
    [one] { $count } new document
   *[other] { $count } new documents
 }
account-home-emergency = This record was opened in an emergency
account-home-emergency-text = See who opened it, and why.
account-home-unread = { $count ->
    [one] { $count } unread notice
   *[other] { $count } unread notices
 }
account-home-unread-text = See what others did here.
account-home-new-text = Since you last read your notices.
account-home-ways = Shortcuts
account-home-documents = My documents
account-home-bring = Add a document
account-home-phone = Add a mobile
account-home-looks = Who looked lately
account-home-history = The whole history
account-home-no-looks = No professional has looked at your documents lately.

# Relatives
account-measures-title = Values of your documents
account-measures-line = Show them among your measures, or not
account-notices-title = Notifications
account-notices-line = What is sent to you, when and how
account-relatives-title = My family
account-relatives-new = { $count ->
    [one] { $count } unread notification
   *[other] { $count } unread notifications
 }
account-relatives-new-more = At least { $count } unread notifications
account-relatives-lead = The children whom you represent in law, according to your health insurance.
account-relatives-line = Open a child’s space
account-relatives-none = No child attached
account-relatives-none-text = If one of your children is missing, tell your health insurance.
account-relatives-own = My space
account-relatives-back = Back to my space
account-relatives-open = Open their space
account-relatives-current = Space on screen
account-relatives-now = You are in the space of { $name }.

# Settings
account-identity = National health identity
account-identity-text = It comes from the civil register. To have it corrected, ask your health insurance.
account-identity-family = Birth name
account-identity-given = Given names at birth
account-identity-birth = Date of birth
account-identity-sex = Sex
account-identity-sex-female = Female
account-identity-sex-male = Male
account-identity-sex-unknown = Not determined
account-identity-place = Place of birth (Insee code)
account-identity-number = INS number
account-settings-account = Sign-in and contacts
account-settings-choices = Privacy and emergencies
account-password-change = Password
account-sessions = Signed-in devices
account-sessions-device = Device
account-sessions-seen = Last used
account-sessions-action = Action
account-sessions-here = This device
account-sessions-end = Sign out
account-sessions-end-others = Sign out all other devices
account-sessions-ended = { $count ->
    [0] No other device was signed in.
    [one] One device was signed out.
   *[other] { $count } devices were signed out.
 }

# The password again, before a sensitive step
account-verify-title = Let us check that it is you
account-verify-lead = This step is sensitive. Type your password again to go on.
account-verify-go = Go on

# Changing contacts and password
account-password-title = Change password
account-password-current = Current password
account-password-new = New password
account-password-wrong = This is not your current password. Check what you typed.
account-password-same = The new password is the same as the old one. Choose another one.
account-password-changed = Your password is changed. The other devices were signed out.
account-password-changed-body = Carnet: your password has just been changed. If it was not you, change it at once with the link “forgotten” on the sign-in page.
account-contact-email-title = Change e-mail address
account-contact-sms-title = Change mobile telephone
account-contact-change-lead = We send a code to the new contact. The old one stays until the code is entered.
account-contact-changed = Your new contact is saved.
account-contact-changed-body = Carnet: a contact of your account has just been changed. If it was not you, change your password at once.
account-mail-changed = Carnet: your account was changed
account-email-new = New e-mail address
account-phone-new = New mobile number
account-phone-hint = A French number that begins with 06 or 07.
account-sms-wrong = Enter a French mobile number of 10 digits that begins with 06 or 07.

# Recovery
account-recover-title = Forgotten login or password
account-recover-lead = Prove that it is you: we will send a code to a contact that you confirmed.
account-recover-new-title = Choose a new password
account-recover-login = Your login
account-recover-enough = I remember my password: sign in

# A space that will open: the notice, in what words it leaves
account-opening-subject = Carnet: a space will open in your name
account-opening-body =
    Hello,

    A Carnet space will open in your name on { $day }. It is an online space of your own: you keep your documents there and you choose who sees them.

    You need not do anything for it to open. To use it now: { $origin }/activation

    You do not want it? You have the right to refuse, without giving a reason, before that day: { $origin }/opposition

    After it opens, you may ask for its closing at any time: { $origin }/aide
account-opening-child-body =
    Hello,

    A Carnet space will open on { $day } for a child whom you legally represent. It is an online space where you keep their documents; you choose who sees them.

    You need not do anything for it to open. You will find it in your own space, under “My family”: { $origin }/connexion

    You do not want it? You have the right to refuse, without giving a reason, before that day: { $origin }/opposition

    After it opens, you may ask for its closing at any time: { $origin }/aide
account-opening-sms = Carnet: a space will open in your name, or in your child’s, on { $day }. To use it or refuse it before that day: { $origin }/opposition

# Children: their spaces are opened from the one of who represents them
account-children-title = A child’s space
account-children-text = You typed the birth date of a child whom you represent:
account-children-where = Their space is inside yours, under “My family”. If two children were born on the same day, you will choose the right one there.
account-children-first = I have no space yet: activate mine first

# Refusing that a space opens
account-oppose-title = Refuse that a space opens
account-oppose-link = You do not want a space? Refuse its opening
account-oppose-lead = You were told of a Carnet space, for you or for your child. You may refuse that it opens, without giving a reason.
account-oppose-means-deposit = No caregiver will be able to add a document to it.
account-oppose-means-care = It changes nothing to your care nor to what you are refunded.
account-oppose-means-back = You may change your mind whenever you like.
account-oppose-number-hint = Yours, even for a child: the 15 digits of your Vitale card.
account-oppose-child = For a child, type their birth date below in the place of yours.
account-oppose-rather = I would rather activate my space
account-oppose-choice-title = Confirm your refusal
account-oppose-which = Which space do you refuse?
account-oppose-which-hint = Several children were born on that day. For both, start again with the other one.
account-oppose-missing = Choose the space that you refuse.
account-oppose-opens = The space is to open on { $day }.
account-oppose-opens-later = The space is not open yet.
account-oppose-go = I refuse the opening
account-oppose-leave = Change nothing
account-oppose-nothing = There is no opening to refuse.
account-oppose-is-opposed = { $name }: you refused the opening on { $day }.
account-oppose-is-open = { $name }: the space has been open since { $day }. To close it: activate it if that is not done, then follow “Close” in its settings.
account-oppose-is-closed = { $name }: the space is closed or suspended.
account-opposed-subject = Carnet: your refusal is recorded
account-opposed-body = Carnet: the refusal of a space, for you or for your child, is recorded. If it was not you, or if you change your mind, activate the space whenever you like.
account-opposed-before = You had refused this space
account-opposed-before-text = If you activate it, your refusal no longer counts. Otherwise leave this page: nothing changes.
account-proof-title = Proof of refusal
account-proof-line = { $name }: opening refused on { $moment }.
account-proof-text = No document is received nor kept in this space. It will not open, unless you activate it one day.
account-proof-day = Drawn up on { $day }.
account-proof-keep = Print this page or save it. You can find it again with your card, from the page of the refusal.
account-proof-back = Change my mind: activate the space
account-relatives-announced = Their space will open on { $day }.
account-relatives-announced-later = Their space is not open yet.
account-relatives-opposed = You refused their space.
account-relatives-open-now = Open the space now
account-relatives-opened = Their space is open.

# Closing the space
account-close-section = Close
account-close-title = Close my space
account-close-child-title = Close this space
account-close-line = Archive or erase what it holds
account-close-lead = You may close this space at any time, without giving a reason.
account-close-means-feed = No health professional will be able to add a document to it.
account-close-means-see = Nobody will be able to open it, not even in an emergency. What you agreed to comes to an end.
account-close-means-care = It changes nothing in care or reimbursements. Health professionals keep their own records.
account-close-means-directives = If you keep advance directives in it, nobody will be able to read them any more: hand them to your doctor or to somebody you trust.
account-close-means-relatives = Your children’s spaces stay open, but you will no longer be able to enter them.
account-close-before = First download what you want to keep.
account-close-documents = See the documents
account-close-then = What becomes of what it holds?
account-close-archive = Keep it archived for 10 years
account-close-archive-hint = Nobody reads it. You may open the space again, with all that it holds, until { $day }. On that day everything is erased.
account-close-effacement = Erase everything
account-close-effacement-hint = Everything is erased on { $day }, for ever. Until then you may change your mind.
account-close-missing = Choose what becomes of what the space holds.
account-close-back = To change your mind, activate the space again with your health card.
account-close-child-back = To change your mind, open it again from “My relatives”.
account-close-go = Close the space
account-closed-title = The space is closed
account-closed-line = { $name }: space closed on { $moment }.
account-closed-archived = What it holds stays archived until { $day }. Nobody reads it. On that day it is erased.
account-closed-erased = What it holds is erased on { $day }.
account-closed-backups = A backup may still hold the key that deciphers it. The last one is destroyed on { $day } at the latest: after that nobody can read anything of it, not even us.
account-closed-elsewhere = Health professionals keep their own records: for those, ask them.
account-closed-back = You change your mind before it is erased? Activate the space again with your health card: you will find everything in it.
account-closed-child-back = You change your mind before it is erased? Open the space again from “My relatives”: you will find everything in it.
account-closed-keep = Print this page or save it now: you will not find it again.
account-closed-reopen = Activate the space again
account-closed-before = You had closed this space
account-closed-before-text = If you activate it, it opens again with all that it held. Otherwise leave this page: nothing changes.
account-closed-subject = Carnet: a space is closed
account-closed-archived-body = Carnet: a space, yours or that of somebody you represent, has just been closed. It stays archived until { $day }, then it is erased. It was not you, or you change your mind? Open it again: { $origin }/activation, or “My relatives” for a child.
account-closed-erased-body = Carnet: a space, yours or that of somebody you represent, has just been closed. It will be erased for ever on { $day }. It was not you, or you change your mind? Open it again before: { $origin }/activation, or “My relatives” for a child.
account-erased-subject = Carnet: a space is erased
account-erased-body = Carnet: the space that had been closed is erased. A backup may still hold its key; the last one is destroyed on { $day } at the latest. Keep this message: it is your proof.
account-erased-body-none = Carnet: the space that had been closed is erased, and no backup holds its key any more. Keep this message: it is your proof.
account-relatives-closed = This space is closed. It will be erased on { $day }.

# A provisional code by letter
account-means-courrier = By letter, to my postal address
account-means-courrier-hint = Allow a few days. The code will be valid for 15 days.
account-means-recu = I have already received a letter with a code
account-letter-lead = If the information is that of a person whose postal address we know, a letter leaves today. When it comes, return to this site with your card, choose “I have already received a letter”, and type its code.
account-letter-received = Type the code written in the letter.
account-letter-wrong = This code is not the right one, or no longer counts: it is good for 15 days and three tries. Check it on the last letter you received, or ask for another.
account-code-nothing-paper = If your health insurance knows only your postal address, the code leaves by letter. When it comes, return here and choose “I have already received a letter”.
account-letter-subject = Your provisional code for your Carnet space
account-letter-body =
    Hello,

    Your provisional code is:

    { $code }

    It serves once, until { $day }. Take your health card and go to this address:

    { $origin }/activation

    You would rather refuse that a space opens? Go to { $origin }/opposition instead

    After your identity, choose “I have already received a letter with a code”.

    You asked for nothing? Give this code to nobody and destroy this letter: without your card it is of no use.

# Taking everything away
account-take-away = Take everything away
account-take-away-line = An archive of everything that you see here
account-bring-back = Bring an archive back
account-bring-back-line = That of another Carnet, into a space that is still empty
