# Navigation
nav-home = Home
nav-documents = Documents
nav-access = Access
nav-history = History
nav-settings = Settings
nav-pro-patients = Patients
nav-pro-situation = Change place of practice
nav-relatives = My relatives
nav-measures = My measures
nav-own-space = My space
nav-own-work = My patients
nav-sign-in = Sign in
acting-for = { $name }’s space

# Who
who-holder = You
who-representative = Legal representative
who-software = Software
who-with-software = with the software “{ $name }”
who-system = Carnet

# What was done
act-list = List of documents viewed
act-list-count = { $count ->
    [one] List of { $count } document viewed
   *[other] List of { $count } documents viewed
 }
act-worklist-count = { $count ->
    [0] Your name in their list of patients
    [one] Your name in their list of patients, with { $count } new document
   *[other] Your name in their list of patients, with { $count } new documents
 }
act-search-count = { $count ->
    [0] Documents searched: nothing found
    [one] Documents searched: { $count } shown
   *[other] Documents searched: { $count } shown
 }
act-read = Document opened
act-read-results = Test results consulted
act-read-measures = Measures consulted
act-add-measure = Measure added
act-correct-measure = Measure corrected
act-delete-measure = Measure deleted
act-read-summary = Summary of the record viewed
act-download = Document downloaded
act-add = Document added
act-hide = Document hidden from professionals
act-show = Document made visible
act-choose-readers = Choice of who can read a document
act-hide-all = Documents hidden together, and those to come
act-show-all = Documents made visible together, and those to come
act-disclose = Document made visible to the person
act-describe = Title, date or type of a document changed
act-arrange = Document or folder filed
act-delete = Document deleted
act-disown = Document reported as somebody else’s, and removed
act-report = Document reported to whoever deposited it
act-answer-report = Answer to a report
act-withdraw = Document withdrawn or corrected
act-list-own = Look at one’s own deposits, to correct them
act-read-history = History viewed
act-prove = Proof of the history downloaded
act-read-settings = Settings viewed
act-change-settings = Settings changed
act-change-contact = Contact details or password changed
act-drop-device = Device that showed notifications removed
act-block = Professional blocked
act-lift = Block of a professional lifted
act-end-grant = Agreement withdrawn
act-declare-consent = Your consent declared
act-keep-secret = Consultation kept secret from legal representatives
act-break-glass = Record opened in an emergency (broken glass)
act-dispatch = Record opened by the emergency call centre
act-give-code = Access code made
act-use-code = Use of the code that you gave
act-find-person = Your record searched for
act-open-space = Space opened
act-close = Space closed
act-reopen = Space opened again
act-announce = Opening of the space announced
act-oppose = Opening of the space refused
act-sign-in = Signed in
act-sign-out = Signed out

# By which right
right-own = It is your space.
right-representation = As legal representative.
right-declared-consent = You agreed, as the professional declared.
right-proved-consent = You agreed yourself.
right-treating-doctor = Your treating doctor.
right-administrator = You named them administrator.
right-break-glass = Emergency: broken glass.
right-dispatch = Emergency dispatch.
right-author = They are its author.
right-deposit = Every professional must feed your record.
right-search = Before access: nothing medical is shown at this step.
right-system = Carnet at work.

# Why it was refused
refusal-state = The space does not allow it.
refusal-suspended = Their access is suspended.
refusal-blocked = You blocked them, or their establishment.
refusal-opposed = You opposed it.
refusal-no-way-in = You did not give them your agreement.
refusal-hidden = You hid this document.
refusal-matrix = Their profession has no access to this type of document.
refusal-withdrawn = The document was withdrawn.
refusal-stale = The password had to be typed again.

# History
history-title = Activity history
history-lead = Who did what in your space, when, and by which right. Nothing is ever removed from it.
history-filters = Filter the history
history-who-tous = Everything
history-who-moi = My actions
history-who-proches = Family
history-who-professionnels = Professionals
history-who-logiciels = Software
history-who-carnet = Carnet
history-filter = Filter
history-filter-apply = Show
history-filter-none = Show everything
history-every = Everything
history-from = From
history-to = To
history-date-wrong = Choose a date, for example 12/06/2026.
history-doing-lectures = Readings
history-doing-documents = Documents and measures added, changed or removed
history-doing-acces = Agreements, blocks and accesses
history-doing-urgences = Emergencies
history-doing-compte = Account and settings
history-right-soi = Their own space, or a relative’s
history-right-accord = With my agreement
history-right-urgence = In an emergency
history-right-auteur = Author of the document
history-right-autre = Search, or Carnet’s own work
history-right-refus = Refused
history-emergencies = Emergency accesses
history-emergencies-all = All emergency accesses
history-emergency-open = Still open: { $date }
history-emergency-done = See what was done
history-break-glass = Broken glass
history-dispatch = Emergency dispatch
history-of-one = Only what { $name } did.
history-others = { $count ->
    [one] Once more
   *[other] { $count } more times
}
history-same = All that { $name } did
history-none = Nothing matches
history-none-text = No action in the whole history is of this kind. Choose other dates, or show everything.
history-none-professionnels = No professional has looked at anything, or done anything, in this space.
history-export-link = Export
history-export-title = Export the history
history-export-lead = A file of what you chose, to keep or to show.
history-export-careful = This file says who did what in your space. Keep it in a safe place. The export itself is noted in the history.
history-export-format = Format of the file
history-export-csv = Table (CSV)
history-export-csv-hint = Opens in a spreadsheet.
history-export-fhir = Data (JSON)
history-export-fhir-hint = As FHIR, for software.
history-export-missing = Choose a format.
history-export-long = There are more than { $count } lines: choose dates closer to each other.
history-export-download = Download the file
history-column-when = Date and time
history-column-who = Who
history-column-role = Role
history-column-what = Action
history-column-why = By which right
history-column-refused = Refused
history-column-document = Document
history-yes = yes
history-no = no
act-export = Export of the history
history-what = Action
history-why = By which right
history-refused = Refused
history-empty = Nothing to show
history-empty-text = Nothing was done in this space yet.

# Notices
notices-title = Notifications
notices-lead = What others did in your space.
notices-read-all = Mark all as read
notices-new = New
notices-clear = Clear those that I have read
notices-clear-hint = The history keeps everything.
notices-cleared = The notifications that were read are cleared. The history keeps everything.
notices-empty = No notification
notices-empty-text = You will be told here and by e-mail as soon as a professional or a software acts in your space.
notices-history = See the whole history
notices-show = Show
notices-show-all = All
notices-show-new = Unread
notices-all-read = Everything is read
notices-all-read-text = Notifications that you have read stay in “All”.
notices-mark-read = Mark read
notices-mark-new = Mark unread
notices-open = Open the document
notices-open-access = See the accesses
notices-open-shares = See the shares
notices-open-settings = See the settings
notices-choices-link = Choose what is sent to me
notices-choices-title = Choose what is sent to you
notices-choices-lead = Here, in your space, all notifications await you. Choose those that you also receive outside.
notices-choices-lead-of = For the space of { $name }. Your choices change nothing for the other people who follow it.
notices-choices-words = These messages say that something happened and where to read it. They name nobody and say nothing of health.
notices-choices-keep = Save
notices-choices-kept = Your choices are saved.
notices-choices-no-way = { $kind }: choose at least one way to reach you, or “Never”.
notices-back = Back to the notifications
notices-when = When
notices-when-aussitot = At once
notices-when-jour = Once a day, at 8 in the morning
notices-when-semaine = Once a week, on Monday at 8
notices-when-jamais = Never
notices-by-email = By e-mail
notices-by-sms = By text message
notices-also-sms = Also by text message
notices-no-email = No confirmed address.
notices-add-email = Add an address
notices-no-phone = No confirmed number.
notices-add-phone = Add a number
notices-no-gateway = Not offered here yet.
notices-always = Always sent, at once
notices-always-why = These alerts cannot be switched off: who entered a space in somebody’s place would begin with that.

# Who may
grants-title = Who may see my documents
grants-lead = The professionals to whom you gave your agreement. You may change your mind at any time.
grants-empty = Nobody has access to your documents
grants-empty-text = A professional needs your agreement before opening your record. Those who have it will appear here.
grants-forbidden-title = For care only
grants-forbidden = No insurer, bank or employer may open your record, even with your agreement: the law forbids it.
grant-declared = Agreement declared by the professional on { $date }
grant-proved = Agreement given by you on { $date }
grant-administrator = Administrator since { $date }
grant-treating-doctor = Treating doctor since { $date }
grant-break-glass = Broken glass on { $date }
grant-dispatch = Emergency dispatch on { $date }
grant-reason = Reason given: { $reason }
grant-until = until: { $date }
grant-open-ended = without limit of time
grant-end-button = Withdraw agreement
grant-end-question = Withdraw the agreement given to { $name }?
grant-end-consequence = This professional will no longer be able to open your record, unless you agree again.
grant-ended = The agreement given to { $name } is withdrawn.

# Blocks
blocks-title = Who is blocked
blocks-empty = You have not blocked anybody.
block-since = Blocked since { $date }
block-by = Blocked on { $date } by { $name }, whom you named administrator
block-button = Block
block-question = Block { $name }?
block-consequence-now = This professional will see nothing of your record from this very moment. They are not told.
block-consequence-emergency = The block holds in emergencies too. You may lift it, but will have to agree again.
block-consequence-deposit = What was done for you can still be deposited in your record: the law asks for it.
block-place-now = Nobody in this place will see anything of your record from this very moment. The place is not told.
block-place-emergency = It holds in emergencies too: if you are cared for there and cannot speak, nobody there opens your record. You may lift the block, but will have to agree again.
block-place-elsewhere = Who works elsewhere too can still open it from there, if they have your consent.
blocked = { $name } is blocked and sees nothing of your record any more.
lift-button = Unblock
lift-question = Unblock { $name }?
lift-consequence = This does not give access back: they will have to obtain your agreement again.
lifted = { $name } is no longer blocked.

# Blocking somebody found in the directory
never-met-open = Block somebody else
never-met-title = Block a professional or an establishment
never-met-lead = Even someone you have never met. They will not be told.
never-met-label = Name
never-met-hint = You may add a first name, a profession or a town. Example: Martin Lyon
never-met-search = Search
never-met-found = { $count ->
    [0] No result
    [one] { $count } result
   *[other] { $count } results
 }
never-met-first = The first { $count } results
never-met-nobody = Check the name, or try the family name alone.
never-met-more = There are more. Add a first name, a profession or a town.
never-met-number = Number: { $number }
never-met-inactive = no longer in practice, according to the directory
never-met-blocked = You have already blocked them.

# Messages that leave by e-mail: never a word of health
notice-mail-subject = Something new in your Carnet space
notice-opened = A professional was given access to your space.
notice-added = An item was added to your space.
notice-consulted = An item of your space was consulted.
notice-disclosed = An item in your space can now be seen.
notice-withdrawn = An item of your space was withdrawn.
notice-blocked-attempt = A professional whom you blocked tried to access your space. Access was refused.
notice-emergency = A professional opened your space in an emergency. Sign in to see who and why.
notice-emergency-of-relative = A professional opened, in an emergency, the space of somebody you represent. Sign in, then open their space to see who and why.
notice-changed = A setting of your space was changed.
notice-mail-body = Hello,

    { $what }

    To learn more, sign in: { $origin }

    Carnet will never ask you for your password or a code by e-mail or phone.

notice-mail-relative = Hello,

    { $what }
    This is about the space of somebody whom you represent: open it from “My family”.

    To know more, sign in: { $origin }

    Carnet will never ask for your password or a code by e-mail or by telephone.
notice-sms = Carnet: something new in your space. { $origin }
notice-sms-security = Carnet: a security alert awaits you in your space. { $origin }
notice-digest-subject = Summary of your Carnet space
notice-digest-line = – { $what }{ $count ->
    [one] {""}
   *[other] {" "}({ $count } times)
 }
notice-digest-body = Hello,

    Since the last summary:

    { $lines }

    To know more, sign in: { $origin }

    You choose what is sent to you, and when, in “Notifications”.
notice-digest-relative = Hello,

    Since the last summary, in the space of somebody whom you represent:

    { $lines }

    To know more, sign in, then open that space from “My family”: { $origin }

    You choose what is sent to you, and when, in “Notifications”.
notice-digest-sms = { $count ->
    [one] Carnet: { $count } new thing in your space. { $origin }
   *[other] Carnet: { $count } new things in your space. { $origin }
 }

# How long
lasting-label = For how long?
lasting-missing = Choose how long access lasts.
lasting-consultation = This consultation
lasting-consultation-hint = 24 hours.
lasting-trois-mois = Three months
lasting-trois-mois-hint = The time of a follow-up.
lasting-jusqu-au-retrait = Until I end it
lasting-jusqu-au-retrait-hint = You can take access back at any time.

# The code at the counter
code-open = Give a code
code-title = Give a code to a professional
code-lead = At the practice or the pharmacy, show a code: the professional in front of you opens your record, and nobody else.
code-profession = To which professional?
code-profession-hint = The code will only work for someone of this profession.
code-profession-wrong = Choose a profession from the list.
code-any = Any health professional
code-make = Make the code
code-shown-title = Your code
code-shown-lead = Show the square, or say the six digits. Send it to nobody.
code-qr = Square code for the professional to scan
code-digits = or these six digits
code-fact-who = For
code-fact-lasting = Opens access for
code-fact-until = To be used before
code-shown-after = The code works once. You will be told when it has been used, and the professional will appear among your accesses.
code-back = See my accesses
code-withdraw = Cancel this code
code-withdrawn = The code is cancelled. It opens nothing any more.

# Other ways in
act-consent-for-colleague = Declaration of your consent for a colleague
act-authorise = Authorisation of a professional or an establishment
right-establishment = You gave your consent to their establishment.
right-care-team = They work in the care team of a professional to whom you gave your consent.
refusal-explicit = An occupational physician needs your express consent: a code, or an authorisation by you.
grants-given = Consents that you gave
grants-declared = Consents declared by professionals
grants-emergencies = Emergency access
grant-to-facility = All professionals of the establishment
grant-to-team = Their care team: those who work with them in this place
grant-via = Consent collected by { $name } on { $date }
code-team = And their care team
code-team-hint = The professionals who work with them in the same place, as long as your consent lasts.
code-fact-team = And
code-fact-team-yes = Their care team

# Letting somebody in from the directory
authorise-open = Authorise somebody in advance
authorise-title = Authorise in advance
authorise-lead = A professional or an establishment of the directory, without waiting for an appointment.
authorise-kind = Whom are you looking for?
authorise-professionnel = A professional
authorise-etablissement = A whole establishment
authorise-label = Name
authorise-found = { $count ->
    [0] No result
    [one] { $count } result
   *[other] { $count } results
 }
authorise-first = The first { $count } results
authorise-number = National number: { $number }
authorise-blocked = You blocked them. Unblock them first, among your accesses.
authorise-choose = Authorise
authorise-whom = Authorise { $name }
authorise-capacity = In which capacity?
authorise-capacity-wrong = Choose a capacity from the list.
authorise-consulter = Consult my record
authorise-consulter-hint = What their profession allows, except what you hide.
authorise-medecin-traitant = They are my treating doctor
authorise-medecin-traitant-hint = They are also told of emergency accesses. They take the place of the one you had named, and stay so until you change your mind.
authorise-administrateur = Administrator of my record
authorise-administrateur-hint = They also see what you hide from professionals. Keep it for somebody you trust.
authorise-lasting = For how long, if it is to consult?
authorise-team = And those who work with them?
authorise-team-hint = Their care team, in this place, as long as the consent you give them lasts.
authorise-alone = Them alone
authorise-place-wrong = Choose a place from the list.
authorise-button = Authorise
authorise-after = You can change your mind at any time. Each consultation will be written in your history.
authorised = { $name } can now open your record.

proof-title = Proof of your history
proof-link = Take home a proof of this history
proof-lead = A signed file to keep at home: it lets you check later, without trusting us, that your history was not rewritten.
proof-shows = What it shows
proof-shows-lines = Each line of your history, as you see it today.
proof-shows-altered = That the file has not changed: an altered letter, a removed line or a cut end are found.
proof-shows-two = With an older proof: that no line was changed or erased between the two.
proof-shows-not = What it does not show
proof-shows-not-all = What you may not see is not in it, and cannot be guessed from it.
proof-shows-not-true = It says what was recorded, not that it is true.
proof-careful = The file names the professionals who opened your space. Keep it as you keep a health document.
proof-download = Download the proof
proof-back = Back to the history
proof-check = Check a proof
proof-check-text = The free software Carnet checks it on any computer, without the Internet, with this command:
proof-key = The public key of this installation, to be noted with the file:

# The matrix
matrix-open = Who may see what
matrix-title = Who may see what
matrix-lead = Each profession has access to certain types of documents only, even with your consent.
matrix-proposed-title = Proposed default
matrix-proposed = The official matrix is not public as data. This one is compiled from what is known of it.
matrix-imported = Matrix imported by the operator.
matrix-imported-version = Matrix imported by the operator, version { $version }.
matrix-profession = Profession
matrix-choose = Choose a profession
matrix-show = Show
matrix-sum = { $count ->
    [0] no type of documents out of { $all }
    [one] { $count } type of documents out of { $all }
   *[other] { $count } types of documents out of { $all }
 }
matrix-of = { $count } out of { $all }
matrix-limits = Only with your consent or in an emergency, and never what you hide, except for the administrator you name or if you allow it in an emergency.
matrix-may = May consult
matrix-may-not = May not consult

# Why
why = Why?
why-own = This was allowed because it is your space.
why-representation = This was allowed because this person is your legal representative.
why-declared-consent = This was allowed because this professional declared that you had given your consent.
why-proved-consent = This was allowed because you had given your consent yourself, by a code or from your space.
why-establishment = This was allowed because you had given your consent to their whole establishment.
why-care-team = This was allowed because they work with a professional to whom you had given your consent, team included.
why-treating-doctor = This was allowed because you named them treating doctor.
why-administrator = This was allowed because you named them administrator of your record.
why-break-glass = This was allowed because they certified that you were in danger and could not answer, and you had not opposed it.
why-dispatch = This was allowed because they were answering a call to 15 about you, and you had not opposed it.
why-author = This was allowed because they are the author of the document, and everyone may correct or withdraw what they deposited.
why-deposit = This was allowed because the law asks every professional to feed your record; it gives nothing to read.
why-search = This was allowed because they must be able to check who you are before asking for your consent; nothing medical is shown.
why-system = This was allowed because the service needs it to run; nobody read anything.
why-read-declared-consent = This was allowed because they declared that you had given your consent, their profession has access to these types of documents, and you had not hidden them, or they are the author.
why-read-proved-consent = This was allowed because you had given your consent yourself, their profession has access to these types of documents, and you had not hidden them, or they are the author.
why-read-establishment = This was allowed because you had given your consent to their whole establishment, their profession has access to these types of documents, and you had not hidden them.
why-read-care-team = This was allowed because they work with a professional to whom you had given your consent, their profession has access to these types of documents, and you had not hidden them.
why-read-treating-doctor = This was allowed because you named them treating doctor and their profession has access to these types of documents.
why-read-administrator = This was allowed because you named them administrator, who also sees what you hide, and their profession has access to these types of documents.
why-read-break-glass = This was allowed because they certified that you were in danger, you had not opposed it, and their profession has access to these types of documents.
why-read-dispatch = This was allowed because they were answering a call to 15 about you, you had not opposed it, and their profession has access to these types of documents.
why-read-author = This was allowed because they are the author.
why-read-own = This was allowed because it is your space.
why-read-representation = This was allowed because this person is your legal representative.
why-read-deposit = This was allowed because the law asks every professional to feed your record.
why-read-search = This was allowed because they must be able to check who you are; nothing medical is shown.
why-read-system = This was allowed because the service needs it to run; nobody read anything.
why-not-state = This was refused because the space was not open to it at that moment.
why-not-suspended = This was refused because this person’s access to the service was suspended.
why-not-blocked = This was refused because you blocked them, or the establishment they came from, and a block always wins, even in an emergency.
why-not-explicit = This was refused because an occupational physician needs your express consent.
why-not-opposed = This was refused because you opposed this kind of emergency access.
why-not-no-way-in = This was refused because nothing gave them access: neither your consent, nor a team, nor an emergency.
why-not-hidden = This was refused because you hid this document from professionals.
why-not-matrix = This was refused because their profession has no access to this type of document.
why-not-withdrawn = This was refused because the document no longer exists.
why-not-stale = This was refused because they first had to show their identity again.
why-grant-proved = You gave your consent yourself: they see what their profession allows, except what you hide.
why-grant-declared = They declared, in front of you, that you agreed: they see what their profession allows, except what you hide.
why-grant-secret = You asked that this consultation stay secret from your representatives. They see nothing of it.
why-grant-via = A colleague declared that you agreed, for the reason written above: they see what their profession allows, except what you hide, and cannot pass this consent on.
why-grant-administrator = You named them administrator: they see what their profession allows, including what you hide.
why-grant-treating-doctor = You named them treating doctor: they see what their profession allows, and are told of emergency accesses.
why-grant-facility = You gave your consent to the establishment: each professional who works there sees what their profession allows, except what you hide.
why-grant-team = You gave your consent to this professional and their team: those who work with them in this place see what their profession allows, as long as that consent lasts.
why-grant-emergency = They certified an emergency, and you had not opposed this access: it lasts a few hours and the operator reviews it.

# Contesting an access
act-contest = Message about a contested access
notice-answered = You received an answer about an access that you contest.
contest-button = Contest this access
contest-see = See the thread
contest-title = Contested access
contest-lead = The operator checks this access and answers you here. They have no screen to read your documents.
contested = Your objection is sent. You can say why.
contest-you = You
contest-operator = The operator
contest-waits = You will be told as soon as there is an answer. Meanwhile, you can block this professional among your accesses.
contest-message = Add a message
contest-message-hint = For example: I never met this person. Write nothing medical. 1,000 characters at most.
contest-message-wrong = Write a message of 1,000 characters at most.
contest-send = Send
contest-said = Your message is sent.
contests-title = Accesses that you contest

# Sharing once
sharing-open-page = Share once
who-bearer = { $name } (identity not checked)
who-bearer-purpose = purpose: { $purpose }
purpose-consultation = consultation
purpose-emergency = emergency
purpose-second-opinion = second opinion
purpose-follow-up = follow-up
purpose-pharmacy = pharmacy
purpose-hospital = hospital stay
purpose-program = read by care software
act-share = Share made
act-end-share = Share ended
act-open-share = Share opened
act-leave-note = Note left by the reader of a share
act-drop-note = Answer to a note that was left
right-share = You shared these documents.
refusal-wrong-code = The code that was typed was not the right one.
why-share = This was allowed because you shared these documents, and the code was typed.
why-read-share = This was allowed because you chose this document in a share that is still open, and the code was typed.
why-not-wrong-code = This was refused because the code that was typed was not the right one. After a few tries, it is of no use any more.
notice-share-opened = Somebody opened a share that you made.
notice-note-left = A reader of your share left you a note.

# Taking everything away
act-take-away = Archive of the space asked for
act-gather = Making of the archive that was asked for
act-fetch-archive = Download of the archive of the space
notice-archive-ready = The archive that you asked for is ready.

# Devices
notice-push-title = Carnet
notice-push = Something new in your space.
notice-push-security = A security alert awaits you in your space.
notice-push-digest = { $count ->
    [one] { $count } new thing in your space.
   *[other] { $count } new things in your space.
 }
devices-title = On the screen of your devices
devices-words = A telephone or a computer shows “Something new in your space”, nothing more. The notification service of its browser cannot read the message; it only knows that one went by.
devices-script = Adding a device needs JavaScript, in a browser that can show notifications. The rest of this page does without.
devices-refused = This browser refuses notifications of this site. Allow them in its settings, then load this page again.
devices-failed = This browser could not subscribe. Try again later, or in another browser.
devices-none = No device shows your notifications.
devices-since = Since { $day }
devices-name = Name of this device
devices-name-hint = To know it in the list, such as “My telephone”.
devices-name-missing = Give this device a name of 40 characters at most.
devices-add = Show my notifications here
devices-added = “{ $name }” now shows your notifications. Choose below which.
devices-drop = No longer show here
devices-dropped = “{ $name }” no longer shows your notifications.
devices-full = Ten devices show your notifications already: remove one first.
devices-foreign = This browser uses a notification service that this installation does not admit. Try another browser.
devices-broken = The browser did not say how to reach it. Load the page again and start over.
devices-at-home = To add a device, go back to your own space.
notices-by-push = On my devices
notices-also-push = Also on my devices

act-write-directives = Advance directives written, confirmed or revoked
act-remind = Reminder to read a document again
notice-to-review = Something in your space is to be read again.
notice-reported = There is news of a report in your space.
notices-open-review = See what is to be read again

# What one voice may write
block-too-many = You have blocked { $count } professionals already: that is all that Carnet keeps for one person. You can still hide all your documents from professionals: Documents, then “Who may read”.
authorise-too-many = You have { $count } authorisations in force already. Take one back under “Access”, then try again.
contest-too-many = You have contested { $count } accesses within a day already. Say the rest in a thread that is open, or come back tomorrow.
