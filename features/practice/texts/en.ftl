# Signing in

practice-sign-in-title = Professionals
practice-sign-in-lead = Read the record of someone in your care, with their agreement.
practice-sign-in-button = Sign in with Pro Santé Connect
practice-sign-in-means = You need your e-CPS, or your CPS card and a reader.
practice-sign-in-other = Looking for your own health record?
practice-sign-in-failed = You are not signed in
practice-sign-in-cancelled = Signing in was stopped at Pro Santé Connect. You can start again.
practice-sign-in-expired = Signing in took too long, or was begun in another tab. Start again from this page.
practice-sign-in-unavailable = Pro Santé Connect does not answer. Wait a few minutes, then try again.
practice-sign-in-level = This way of signing in is not secure enough. Use your e-CPS or your CPS card.
practice-sign-in-no-situation = Pro Santé Connect told us of no place where you practise. Check your entry in the national directory (RPPS), then try again.
practice-sign-in-somebody-else = The card shown is somebody else’s. Use yours, or sign out first.
practice-sign-in-inactive = According to the directory of health professionals, you no longer practise. If this is a mistake, contact your professional body, or support.
practice-sign-in-suspended = Your access is suspended: too many records were opened for the first time, or in an unusual way. If it was not you, tell the operator at once; only they can lift the suspension.
practice-sign-in-refused = Signing in did not succeed. Try again; if it keeps failing, contact support.

# Checking

practice-verify-title = Confirm that it is you
practice-verify-lead = This step is sensitive. Show your e-CPS or CPS card again: you will then come back here, and what you typed is kept.
practice-verify-failed = You were not recognised
practice-verify-go = Continue with Pro Santé Connect

# Practice situation

practice-situation-title = Where you are at work
practice-situation-lead = People will see in which capacity, and from where, you read their record.
practice-situation-legend = You are now at work as
practice-situation-no-place = Place not given
practice-situation-missing = Choose the situation in which you are now at work.
practice-situation-go = Continue
practice-at-work = At work as { $situation }

# Search

practice-patients-title = Find a person
practice-patients-lead = By INS number: the person’s own social security number.
practice-number-label = INS number
practice-number-hint = 15 characters, key included. Spaces are fine.
practice-number-missing = Enter the person’s INS number.
practice-number-wrong = This is not a valid number. Check each of the 15 characters.
practice-birth-label = Date of birth
practice-birth-hint = So that you do not take one person for another. For example 12/03/1974.
practice-birth-wrong = Enter the date as day/month/year, for example 12/03/1974.
practice-find = Search
practice-find-again = Find a person
practice-find-traced = Each search that succeeds is written in the person’s history.
practice-nobody-title = No record you can reach with this number
practice-nobody-text = Check the number and, if you gave one, the date of birth.

# Identity

practice-patient = Patient
practice-born = { $sex ->
   *[other] born { $date }
}
practice-ins-long = National health identity
practice-ins-masked = Number, partly hidden
practice-sex-female = Woman
practice-sex-male = Man
practice-sex-unknown = Sex not given
practice-identity-title = Is this the right person?
practice-identity-lead = Check these details with them before you go on.
practice-family = Family name at birth
practice-given = Given names
practice-birth = Born
practice-sex = Sex
practice-open = Open the record
practice-open-already = You already have access to this record.
practice-other-person = Another person

# Consent

practice-consent-title = Declare consent
practice-consent-lead = You cannot read this record yet. The person must first be informed and agree. They will be told, and can end your access at any time.
practice-consent-certify = I have informed the person and they agree that I read their record.
practice-consent-certify-hint = Opening a record without the person’s agreement is an offence.
practice-consent-missing = Tick the box if the person was informed and agreed.
practice-consent-duration = For how long?
practice-consent-duration-missing = Choose how long the person agreed to.
practice-consent-consultation = This consultation
practice-consent-consultation-hint = 24 hours.
practice-consent-trois-mois = Three months
practice-consent-trois-mois-hint = Long enough to follow up.
practice-consent-jusqu-au-retrait = Until the person ends it
practice-consent-jusqu-au-retrait-hint = Ask them about this expressly.
practice-consent-declare = Declare and open the record
practice-consent-done = The consent is recorded. The person is told of it.

# Emergency

practice-emergency-title = The person cannot answer?
practice-emergency-lead = In immediate danger you may open their record without their agreement, unless they opposed it.
practice-emergency-told = Everybody concerned is told
practice-emergency-told-text = The person, who represents them and their treating doctor are told at once. The operator checks each access.
practice-emergency-lasts = { $hours ->
    [one] The access lasts one hour at most.
   *[other] The access lasts { $hours } hours at most.
}
practice-emergency-reason = Reason
practice-emergency-reason-choose = Choose a reason
practice-emergency-reason-missing = Choose the reason for opening in an emergency.
practice-emergency-written = Say more in a few words
practice-emergency-written-hint = From 20 to 500 characters. The person and their treating doctor will read this.
practice-emergency-written-wrong = Write from 20 to 500 characters: what is happening and why the record is needed.
practice-emergency-done = Emergency access opened. The person and those around them are told.
practice-emergency-left = Emergency access: { $hours } h { $minutes } min left. The person is told.
practice-glass-title = Open in an emergency (break the glass)
practice-glass-lead = Only if the person cannot express their will and is in immediate danger.
practice-glass-certify = The person cannot express their will and is in immediate danger.
practice-glass-certify-missing = Tick the box if the person cannot express themself and is in immediate danger.
practice-glass-open = Open the record in an emergency
practice-dispatch-title = Emergency call centre (15)
practice-dispatch-lead = For a call to the 15 under way, about this person.
practice-dispatch-certify = I am handling a call under way about this person.
practice-dispatch-certify-missing = Tick the box if you are handling a call under way about this person.
practice-dispatch-open = Open the record for this call
practice-told-title = Emergency access at your patients
practice-told = { $person }: record opened in an emergency, { $at }

# Record

practice-no-access-title = You cannot read this record
practice-no-access-text = Your access does not exist or has ended: its time is over, the person took it back or blocked you, or this address comes from another session. Open the record again from your list of patients or by a search. If your access has ended, ask the person for it again, together with them.
practice-record-title = Documents
practice-right-declared = Consent declared on { $since }, until the person ends it.
practice-right-declared-until = Consent declared on { $since }, valid until: { $until }.
practice-right-proved = Consent given by the person on { $since }.
practice-right-proved-until = Consent given by the person on { $since }, valid until: { $until }.
practice-right-treating = You have been their treating doctor since { $since }.
practice-right-treating-until = You have been their treating doctor since { $since }, until: { $until }.
practice-right-administrator = The person named you administrator on { $since }.
practice-right-administrator-until = The person named you administrator on { $since }, until: { $until }.
practice-right-break-glass = Emergency access (broken glass) of { $since }.
practice-right-break-glass-until = Emergency access (broken glass) of { $since }, until: { $until }.
practice-right-dispatch = Emergency dispatch access of { $since }.
practice-right-dispatch-until = Emergency dispatch access of { $since }, until: { $until }.
practice-empty-title = No documents yet
practice-empty-text = There is no document in this record that you may read.
practice-filter-category = Category
practice-filter-all = All
practice-filter-go = Filter
practice-filter-clear = Show all
practice-count = { $count ->
    [0] None of { $all } documents match.
    [one] { $count } of { $all } documents.
   *[other] { $count } of { $all } documents.
}
practice-newest = The latest
practice-shelves = Go to a category
practice-shelf-goes-on = { $shelf } (continued)
practice-none-text = Try a shorter word, or show every document.
practice-column-date = Date
practice-column-document = Document
practice-column-author = Author
practice-hidden = Hidden from professionals
practice-by-holder = Added by the person

# Document

practice-document-download = Download
practice-document-replaced = There is a later version of this document.
practice-document-newer = See the latest version
practice-document-older = See the previous version
practice-document-about = About this document

# The person's code

practice-code-here = Does the person have their phone?
practice-code-here-text = They can make a code in their space, under Access. Consent is then proved rather than declared.
practice-code-title = Enter the person’s code
practice-code-lead = The person reads six digits in their space, under Access, then “Give a code”.
practice-code-label = Six-digit code
practice-code-hint = For example 482 913. If the person shows you a square, scan it instead: nothing to type.
practice-code-six = Enter the six digits of the code.
practice-code-wrong = This is not this person’s code, or it is meant for another profession. Check each of the six digits with them: after five tries, they will have to make another.
practice-code-over = This code is no longer valid: it has been used, it is too old, or too many tries were made. Ask the person to make another.
practice-code-open = Open the record
practice-code-done = The person’s consent is proved by their code.
practice-code-scanned = The code comes from this person. Check their identity with them, then open their record.
practice-no-code-title = This code opens nothing

# Team, colleague, occupational physician

practice-consent-team = Consent covers the care team too: { $place }
practice-consent-team-hint = The professionals who work there with you, as long as the consent given to you lasts. Tell the person.
practice-explicit-title = The person’s express consent
practice-explicit-text = An occupational physician opens a record with the person’s express consent only: they give you a code, or authorise you from their space. They may refuse without consequence.
practice-right-establishment = The person gave consent to your establishment on { $since }.
practice-right-establishment-until = The person gave consent to your establishment on { $since }, until { $until }.
practice-right-team = Care team: the person gave consent on { $since }.
practice-right-team-until = Care team: the person gave consent on { $since }, until { $until }.
practice-colleague-open = Consent for a colleague
practice-colleague-title = Collect consent for a colleague
practice-colleague-whom = Consent for { $name }
practice-colleague-lead = The person agrees that another professional, to whom you refer them, consults their record. They will be told, with your name and the reason.
practice-colleague-name = Colleague’s name
practice-colleague-name-hint = You may add their profession or town. Example: Martin Lyon
practice-colleague-nobody = Nobody of that name in the directory. Check the name, or try the family name alone.
practice-colleague-more = There are more. Add a first name, a profession or a town.
practice-colleague-choose = Choose
practice-colleague-certify = I have informed the person and they agree that this colleague consults their record.
practice-colleague-missing = Tick the box if the person was informed and agreed.
practice-colleague-reason = Why?
practice-colleague-reason-hint = 10 to 300 characters. The person will read this text.
practice-colleague-reason-wrong = Write 10 to 300 characters: why this colleague needs the record.
practice-colleague-duration-hint = Never longer than your own access.
practice-colleague-declare = Record the consent
practice-colleague-done = The consent for your colleague is recorded. The person is told.

# A document that waits
practice-document-waits = The patient does not see this document yet
practice-document-waits-text = You filed it to explain it to them first. Once that is done they can read it; they will be told.
practice-document-disclose = I explained it: make it visible

# Deposit

practice-deposit-link = Deposit a document
practice-deposit-title = Deposit in the record
practice-deposit-lead = What you deposit enters the person’s record under your name. They are told.
practice-deposit-type = Type of document
practice-deposit-type-hint = A CDA document says its own: you may then choose nothing.
practice-deposit-type-missing = Choose the type of the document.
practice-deposit-date-hint = That of the act or of the writing. Without a date it will be today’s.
practice-deposit-when = When does the person see it?
practice-deposit-when-missing = Choose when the person sees the document.
practice-deposit-when-tout-de-suite = At once
practice-deposit-when-tout-de-suite-hint = They are told of it.
practice-deposit-when-annonce = After I have announced it to them
practice-deposit-when-annonce-hint = You make it visible from “My deposits”. Types that have a delay (laboratory, imaging) become so at its end at the latest.
practice-deposit-when-delai = After the delay set for this type
practice-deposit-when-delai-hint = Only for types that have one: laboratory and imaging, for instance.
practice-deposit-when-at-once = A document of this type is shown at once: choose “At once”.
practice-deposit-when-no-delay = No delay is set for this type: choose “At once”, or “After I have announced it to them”.
practice-deposit-hidden = Hide it from other professionals
practice-deposit-hidden-hint = You, the person and their administrator go on seeing it.
practice-deposit-nobody = A document that waits to be announced cannot be hidden from professionals as well: untick this box, or show it at once.
practice-deposit-secret = Do not show it to the legal representatives
practice-deposit-secret-hint = At the minor’s request (articles L. 1111-5 and L. 1111-5-1 of the public health code). Nothing will tell them that it exists. The minor and authorised professionals see it.
practice-secret = Hidden from representatives
practice-deposit-button = Deposit
practice-deposit-done = The deposit is recorded. The person is told.
practice-deposit-done-quietly = The deposit is recorded. Nobody is told for now.
practice-deposit-refused = { $count ->
    [one] Nothing is deposited: one file does not fit
   *[other] Nothing is deposited: { $count } files do not fit
}
practice-deposit-again = Choose your files again: your browser does not keep them. Nothing was deposited yet.
practice-deposit-already = already in this record, under the title “{ $title }”.
practice-deposit-other-person = this document bears another person’s identity. Check which record is open and which file you chose.

# One’s deposits

practice-deposits-title = My deposits
practice-deposits-link = My deposits
practice-deposits-lead = What you deposited in this record: you can correct, replace or withdraw it.
practice-deposits-empty = You deposited nothing in this record
practice-deposits-empty-text = Documents deposited under your name, here or by your software, will appear on this page.
practice-deposits-received = deposited on { $day }
practice-deposits-waits = Waits for your announcement
practice-deposits-withdrawn = Withdrawn
practice-deposits-replaced = Replaced
practice-deposits-still = Correct or withdraw what you deposited
practice-correct-title = Correct a deposit
practice-correct-done = The correction is recorded.
practice-correct-stays = This cannot be taken back here.
practice-correct-hidden-hint = You, the person and their administrator go on seeing it. You will not be able to take this back; the person will.
practice-open-document = Read
practice-replace-link = Deposit a new version
practice-replace-title = Deposit a new version
practice-replace-lead = It will replace “{ $title }”. The old version can still be read from the new one.
practice-replace-file = File
practice-replace-one-file = Choose one file alone: a version has only one.
practice-replace-done = The new version is recorded. The person is told.
practice-replace-gone = This document was replaced or withdrawn meanwhile. Nothing was deposited.
practice-withdraw-link = Withdraw the document
practice-withdraw-title = Withdraw this document?
practice-withdraw-text = Nobody will be able to read it any more, and it will be destroyed after the time that is set. A withdrawn document does not become visible again: it would have to be deposited anew.
practice-withdraw-told = The person will be told of the withdrawal.
practice-withdraw-quiet = The person did not see it, or their representatives did not: nobody will be told.
practice-withdraw-done = The document is withdrawn.
practice-announce-done = The person sees this document now. They are told.

# Watch over first openings: why the card is asked for, one sentence each
practice-verify-because = Why you are asked
practice-verify-because-hint = If this is your usual work, show your card and go on. If it is not you, tell who runs this installation at once.
practice-budget-slowed = Many records have just been opened for the first time. Wait a minute, then send this form again: what you typed is kept.
watch-volume = Your account opens { $count } records for the first time in a day; in a place like yours { $usual } at most are usual.
watch-unlinked = For { $count } of the { $usual } records opened in a day, nothing but your declaration links you to the person.
watch-hours = { $count } records were opened at hours when a place like yours is usually shut.
watch-row = Of the last { $usual } records opened, { $count } follow one another as in a register, which hardly happens by chance.
watch-organisation = The accounts of your organisation together opened { $count } records for the first time, where { $usual } were foreseen.
watch-hour = Your account opened { $count } records for the first time in an hour.
watch-people = Your account went to { $count } people in an hour; in a place like yours, { $usual } at most are usual.
watch-volume-operator = Volume: { $count } first openings in a day, where { $usual } are usual in such a place.
watch-unlinked-operator = No care link: for { $count } of the { $usual } people of a day, only the account says that they agreed.
watch-hours-operator = Hours: { $count } first openings when such a place is usually shut.
watch-row-operator = In a row: of the last { $usual } first openings, { $count } follow the order of a register.
watch-organisation-operator = Organisation: its accounts together made { $count } first openings, where { $usual } were foreseen.
watch-people-operator = People: { $count } in an hour, by whatever right, where { $usual } are usual in a place of this kind.
watch-hour-operator = Pace: more than { $count } first openings in an hour.

# Summary, seen in two minutes
practice-summary-title = Summary
practice-since = Since your last visit ({ $when })
practice-since-none = Nothing new.
practice-since-count = { $count ->
    [one] { $count } new document
   *[other] { $count } new documents
}
practice-new = New
practice-timeline = { $count ->
    [one] { $count } document
   *[other] { $count } documents, newest first
}
practice-all-documents = All documents, by category

# List of patients
practice-list-title = Your patients
practice-list-empty-title = Your list is empty
practice-list-empty-text = People who open their record to you appear here for as long as you have the right. Find a person by their number or by their identity, or scan their code.
practice-list-opened = seen { $when }
practice-list-never = never opened
practice-list-new = { $count ->
    [one] { $count } new document
   *[other] { $count } new documents
}
practice-list-until = Access until: { $until }
practice-scan = You can also scan here the code that the person shows you.

# Search by identity
practice-traits-link = Without the number: by identity
practice-traits-title = Find by identity
practice-traits-lead = The five traits of civil status, exactly. The answer is one person, or nobody.
practice-traits-family = Family name at birth
practice-traits-family-hint = The first family name, as on the birth certificate.
practice-traits-family-missing = Type the family name at birth.
practice-traits-given = First given name on the birth certificate
practice-traits-given-hint = One only, even if there are others.
practice-traits-given-missing = Type the first given name.
practice-traits-birth-hint = For example 12/03/1974.
practice-traits-birth-missing = Type the date as day/month/year, for example 12/03/1974.
practice-traits-sex-missing = Choose the sex of civil status.
practice-traits-place = Place of birth (INSEE code)
practice-traits-place-hint = Five characters: 75056 for Paris, 2A004 for Ajaccio, 99 and the country’s code abroad.
practice-traits-place-wrong = Type the INSEE code of the place of birth: five characters, for example 75056.
practice-traits-nobody-title = No record can be opened with this identity
practice-traits-nobody-text = Check each of the five traits with the person, or use their number. Each search counts.

# Keys
practice-keys = A key opens what bears it. Escape leaves a field.
practice-keys-on = Turn these keys on
practice-keys-off = Turn these keys off

# A minor’s secret

practice-secret-title = A minor’s secret consultation
practice-secret-link = Secret consultation
practice-secret-lead = At the minor’s request, their legal representatives will know nothing of this consultation.
practice-secret-what = What stays hidden from them
practice-secret-what-text = For 24 hours, all that you read and deposit in this record: the documents, your access, the history, notices and counts. The minor sees it, and authorised professionals see the documents by the usual rules.
practice-secret-not = A withdrawal or correction of a document that the representatives know already, a broken glass or a consent given to a colleague stay visible to them.
practice-secret-certify = The minor objects to their representatives being informed, and I have tried to have them involved.
practice-secret-certify-hint = Articles L. 1111-5 and L. 1111-5-1 of the public health code. An adult of their choice accompanies them where the law asks for it.
practice-secret-missing = Tick the box if the minor asks for secrecy and you have tried to have their representatives informed.
practice-secret-begin = Begin the secret consultation
practice-secret-begun = The secret consultation begins. Nothing of it is shown to the legal representatives.
practice-secret-end = End the secret consultation
practice-secret-end-text = Once it has ended, what you do in this record will be visible to the representatives again. What was done stays secret.
practice-secret-ended = The secret consultation has ended.
practice-secret-until = Secret consultation, until: { $until }. The legal representatives see nothing of it.
practice-secret-offer = Does the minor ask for secrecy?
practice-secret-offer-text = You can see them without their legal representatives knowing anything of it.
practice-deposit-all-secret = All that you deposit now stays hidden from the legal representatives.

# Documents removed
practice-removed-title = Documents removed
practice-removed = A document was removed { $at } from a record where it did not belong. You had opened it { $opened }: do not rely on it any more.
practice-removed-own = A document that you had deposited was removed { $at }: it was not the person’s. It is destroyed after the time that is set. Deposit it again in the right record.

# Blocking a colleague
practice-block-open = Block a professional
practice-block-title = Block another professional
practice-block-whom = Block { $name }
practice-block-lead = The person named you administrator. Who is blocked sees nothing of the record any more, not even in an emergency. The person is told at once: they read your name and the reason in their space, and they alone can lift the block.
practice-block-name = Name of the professional
practice-block-reason = Why?
practice-block-reason-hint = From 10 to 300 characters. The person will read this.
practice-block-reason-wrong = Write from 10 to 300 characters: why this professional should no longer have access.
practice-block-named = The person themself gave { $name } a role: they alone can block this professional. Talk to them about it.
practice-block-inactive = no longer practises
practice-block-do = Block
practice-block-done = This professional is blocked. The person is told.

# Reports
practice-reported-title = Documents reported
practice-reported-told = A document that you deposited is reported ({ $when })
practice-reported-tag = Reported
practice-reported-text = Correct the document or deposit a new version, then say so here. Or say why it stays as it is. The person will read your answer.
practice-reported-reason = Why it stays as it is
practice-reported-reason-hint = Only if it stays as it is. A few words, which the person will read.
practice-reported-why = Say why the document stays as it is, in 500 characters at most.
practice-reported-seen = I have seen it
practice-reported-corrected = It is corrected
practice-reported-stays = Leave it as it is
practice-reported-correct = Correct what describes it
practice-reported-seen-done = The person knows that you have seen the report.
practice-reported-done = The person is told of your answer.
practice-reported-elsewhere-text = Check whose document this is. If it is not this person’s, take it out: it leaves their space, and you can deposit it in the right record. If it is theirs, say so below.
practice-reported-take-out = It is not theirs: take it out
practice-reported-taken-out = The document is taken out of this record. Deposit it in the right one now.
practice-report-words-hint = A few words, read by whoever deposited the document and by the person. Name no other patient.
practice-report-then = What happens next
practice-report-then-text = Whoever deposited the document gets your report and your profession, not your name. The person reads in their space that you reported it, and why.
practice-report-then-other = A document that is not this patient’s is not removed at once: the person, or whoever deposited it, confirms it. Until then a warning is shown to all who open it.
practice-report-taken = You have reported this document already, or ten of your reports wait for an answer in this record. Wait for one before you send another.
practice-report-done = Your report is sent to whoever deposited the document. You will follow their answer here.
practice-document-doubt = This document may not be this patient’s (reported { $when })
practice-document-doubt-text = Nobody has confirmed yet. Check the name and the birth date in the document before you rely on it.

# Confirming on one’s phone
practice-phone-offer = No card reader?
practice-phone-offer-lead = Confirm on your phone, with your e-CPS.
practice-phone-field = Your national identifier
practice-phone-field-hint = Your RPPS number, for example 10 000 000 018.
practice-phone-ask = Confirm on my phone
practice-phone-wrong = Type your RPPS number (11 digits), or the national identifier on your card.
practice-phone-too-many = Too many requests within an hour, for this identifier or from this place. Wait an hour, or sign in with Pro Santé Connect.
practice-phone-title = Confirm on your phone
practice-phone-lead = If the identifier that ends in { $end } is yours, your e-CPS application asks you to confirm. You have two minutes.
practice-phone-code = This code must be on your phone too
practice-phone-compare = If the code is another, or you asked for nothing, refuse: somebody is trying to get in in your place.
practice-phone-done = I have confirmed
practice-phone-looks = This page reloads every 5 seconds.
practice-phone-stop = Stop reloading
practice-phone-stopped = The page no longer reloads by itself: once you have confirmed, press “I have confirmed”.

# What one voice may write
practice-block-too-many = You have blocked { $count } professionals in this record already: no more are possible. The person can block others themself.
practice-colleague-too-many = You have collected this person’s consent for { $count } colleagues already: no more are possible. Another colleague collects it together with them.
practice-secret-too-many = You have begun { $count } secret consultations with this person within a day already. Come back tomorrow.
