# What one shares
sharing-title = Share once
sharing-lead = Give a few documents, for a while, to one professional or to whoever you show a code: when travelling, for a second opinion.
sharing-make = New share
sharing-open = Open shares
sharing-none = You share nothing
sharing-none-text = Choose documents: you get a code and a link to show, send or print.
sharing-over = { $count ->
    [one] Share that is over ({ $count })
   *[other] Shares that are over ({ $count })
 }
sharing-show = Show the code
sharing-end = End
sharing-back = See my shares
sharing-count = { $count ->
    [one] { $count } document
   *[other] { $count } documents
 }
sharing-for = for { $name }
sharing-for-code = for whoever has the code
sharing-of-day = Share of { $day }
sharing-opened = { $count ->
    [0] Never opened (of { $of })
    [one] Opened { $count } time of { $of }
   *[other] Opened { $count } times of { $of }
 }
sharing-until = until: { $when }
sharing-expired = over since: { $when }
sharing-ended = ended by you
sharing-locked = closed after too many wrong codes
sharing-care-title = For care only
sharing-care-text = For care only: no insurer, no bank, no employer. Nobody may demand it for a contract, a loan or a job.
sharing-care-short = For care only: no insurer, no bank, no employer. A downloaded copy cannot be recalled.
sharing-copies = A downloaded copy cannot be recalled: ending a share only prevents new readings.

# Sharing
sharing-make-title = New share
sharing-make-lead = Only the documents that you tick are given to read, and each opening appears in your history.
sharing-documents = Which documents?
sharing-documents-hint = What you hide from professionals, or show to some only, is not shared this way.
sharing-documents-none = No document to share is found.
sharing-documents-more = There are others: search for them by a word. What you ticked stays ticked.
sharing-documents-missing = Tick at least one document.
sharing-documents-many = A share gives { $count } documents at most. Untick some, or make several shares.
sharing-changed = One of the ticked documents can no longer be shared. The list is up to date: check your choice.
sharing-search = Search for a document
sharing-search-button = Search
sharing-whom = For whom?
sharing-whom-code = Anyone who has the code
sharing-whom-code-hint = For example a doctor abroad. They say who they are, but their identity is not checked.
sharing-whom-one = One professional of the directory
sharing-whom-one-hint = They sign in with Pro Santé Connect, and read what their profession allows.
sharing-whom-missing = Say whom this share is for.
sharing-who = Which professional?
sharing-who-hint = Only if the share is for one professional: their name, and their town if you know it.
sharing-who-missing = Write the professional’s name.
sharing-who-nobody = The directory knows nobody of that name. Check it, or choose “Anyone who has the code”.
sharing-who-choose = Choose the professional among those that the directory knows.
sharing-who-which = Which one?
sharing-duration = For how long?
sharing-duration-missing = Choose a duration of the list.
sharing-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
 }
sharing-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
 }
sharing-times = How many openings?
sharing-times-hint = Each time the code is typed is one opening.
sharing-openings = { $count ->
    [one] Only one
   *[other] { $count } openings
 }
sharing-openings-missing = Choose a number of openings of the list.
sharing-label = Name of this share
sharing-label-hint = To find your way. The reader does not see it.
sharing-label-long = Write { $count } characters at most, on one line.
sharing-create = Create the share

# One share
sharing-one-lead = Show the square or send the link, and give the code. Both are needed to open.
sharing-qr = Square code that leads to the shared documents
sharing-code = Code to give
sharing-address = Link
sharing-fact-whom = For
sharing-fact-until = Open until
sharing-fact-state = Openings
sharing-apart = If you send the link, rather say the code aloud. You can also print this page.
sharing-shut = This share no longer opens
sharing-given = What is given to read
sharing-missing = { $count ->
    [one] One chosen document is no longer given: it is hidden, withdrawn or deleted.
   *[other] { $count } chosen documents are no longer given: they are hidden, withdrawn or deleted.
 }
sharing-shl = Link for software (SMART Health Link)
sharing-shl-text = Care software that reads such links, in France or abroad, opens this one with the same code. The square holds it too.
sharing-link-label = Shared documents
sharing-end-question = End “{ $label }”?
sharing-end-now = The link and the code open nothing any more, at once, and a reading under way stops.
sharing-end-copies = What was downloaded before cannot be recalled.
sharing-end-done = The share is over. It opens nothing any more.

# Notes
sharing-notes = { $count ->
    [one] A note waits for you
   *[other] { $count } notes wait for you
 }
sharing-notes-text = These notes were left by readers of your shares. They enter your space only if you keep them.
sharing-note-keep = Keep among my documents
sharing-note-drop = Discard
sharing-note-taken = The note is among your documents, under its author’s name and the words “identity not checked” where they apply.
sharing-note-dropped = The note is discarded and destroyed.
sharing-note-head = Note left by { $who }, on { $day }, on reading a share.
sharing-note-title = Note of { $who }
sharing-unverified = { $name } (identity not checked)
sharing-somebody = A reader

# Opening
sharing-door-title = Open shared documents
sharing-door-lead = Somebody gave you this link and a code so that you can care for them.
sharing-door-code = Code
sharing-door-code-hint = The six digits that the person gave you.
sharing-door-name = Who are you?
sharing-door-name-hint = Your name, your profession and where you work. The person will read it.
sharing-door-known = You open as { $name }.
sharing-door-purpose = For what care?
sharing-door-purpose-choose = Choose
sharing-door-care = I take part in this person’s care, and will use these documents for that alone.
sharing-door-traced = Your reading appears in the person’s history, and they are told of it.
sharing-door-open = Open
sharing-code-missing = Type the code of six digits.
sharing-code-wrong = { $left ->
    [one] That is not the code. One try is left.
   *[other] That is not the code. { $left } tries are left.
 }
sharing-name-missing = Say who you are, in 100 characters at most.
sharing-purpose-missing = Choose the care for which you read these documents.
sharing-care-missing = These documents are for care only: confirm it to open them.
sharing-closed-title = This share is not open
sharing-closed-text = It is over, used up, ended by the person, or the link is incomplete. Ask them for a new one.
sharing-closed-named = Was it made for you, as a professional? Sign in first, then open the link again.
sharing-closed-pro = Sign in as a professional
sharing-documents-title = Shared documents
sharing-whose = { $name }, born on { $born }
sharing-nothing = There is nothing left to read here
sharing-nothing-text = The documents of this share are no longer shown. Ask the person about it.
sharing-leave-title = Leave a note for the person
sharing-leave-text = The person reads it and decides whether to keep it. Your identity is called “not checked” in it, unless you signed in with Pro Santé Connect.
sharing-leave-note = Note
sharing-leave-button = Leave the note
sharing-note-left = Your note was passed on to the person.
sharing-note-missing = Write the note before you leave it.
sharing-note-long = Write { $count } characters at most, in plain text.
sharing-note-many = Three notes were left for this share already. The person has to answer them first.
sharing-too-many = You have made { $count } shares within a day already. Come back tomorrow, or share more documents at once.
