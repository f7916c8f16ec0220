# The list
documents-title = Documents
documents-count = { $count ->
    [0] Prescriptions, results, reports: all in one place.
    [one] { $count } document
   *[other] { $count } documents
 }
documents-add = Add
documents-add-first = Add a document
documents-filter = Filter
documents-filter-apply = Apply
documents-filter-category = Category
documents-filter-every = All
documents-filter-which = Show
documents-filter-none = See all documents
documents-which-all = All
documents-which-mine = Added by me
documents-which-hidden = Hidden from professionals
documents-found = { $count ->
    [one] { $count } document matches.
   *[other] { $count } documents match.
 }
documents-position = { $first } to { $last } of { $total }
documents-empty-title = No documents yet
documents-empty-text = Those that your health professionals send will appear here. You can also add your own.
documents-none-title = No document matches
documents-none-text = Choose another category, or go back to the whole list.
documents-tag-new = New
documents-tag-mine = Added by you
documents-tag-person = Added by the patient
documents-tag-hidden = Hidden from professionals
documents-tag-unsorted = Not yet readable by professionals

# One document
documents-about = About this document
documents-fact-date = Date of the document
documents-fact-author = Author
documents-fact-said = Description
documents-fact-organization = Organisation
documents-fact-type = Type
documents-fact-added = Added
documents-fact-file = File
documents-fact-hash = Hash of the file (SHA-1)
documents-fact-visibility = Visibility
documents-type-unknown = Unknown type
documents-added-by = { $when }, by { $by }
documents-by-you = you
documents-by-person = the patient
documents-visibility-shown = Visible to authorised professionals
documents-visibility-hidden = Hidden from professionals
documents-content = Content of the document
documents-frame = Content of “{ $title }”
documents-frame-help = The document does not show? Download it to open it on your device.
documents-image = Image: { $title }
documents-pages = { $count ->
    [one] { $count } page
   *[other] { $count } pages
}
documents-scan-title = This PDF is an image
documents-scan-text = Its text can be neither read aloud by a screen reader nor copied. You can ask who wrote it for a version whose text can be read.
documents-recognised = Text recognised in the image
documents-recognised-text = This text was recognised automatically: it may contain errors. Only the document itself counts.
documents-locked-title = This PDF is protected
documents-locked-text = If it asks for a password, it is the one you were given by whoever wrote it: Carnet does not know it. You can also download the file and open it with other software.
documents-text-cut = This text is long: only its beginning is shown. Download the document to read the rest.
documents-body-none = This document cannot be shown here
documents-body-kind = Browsers cannot show this kind of file. Download it to open it with software on your device.
documents-body-unreadable = Its content is not written as expected. Download the original file, or ask whoever sent it for a new version.
documents-body-too-long = It is too long for a page. Download it to read it.
documents-newer-title = There is a newer version
documents-newer-link = Open the latest version
documents-older-link = See the previous version of this document
documents-unsorted-text = Carnet does not know the type of this document: professionals cannot read it yet.
documents-download = Download
documents-download-original = Download the original file (XML)
documents-hide = Hide from professionals
documents-show = Make visible
documents-why-hide = What does hiding change?
documents-why-hide-text = A hidden document is no longer read by the professionals you have authorised. Whoever sent it keeps access, and so do you. You can change your mind at any time.
documents-why-not-delete = You can only delete documents that you added yourself.
documents-hidden-done = The document is hidden from professionals.
documents-shown-done = The document is visible to authorised professionals again.
documents-delete = Delete
documents-delete-question = Delete this document?
documents-delete-named = “{ $title }”
documents-delete-consequence = The document and its file will be erased for everybody. This cannot be undone: keep a copy if you need one.
documents-deleted-done = The document has been deleted.

# Adding
documents-add-title = Add documents
documents-add-lead = A result, a prescription, a photo of a paper: keep them with the rest of your record.
documents-add-button = Add
documents-field-files = Files
documents-file-hint = PDF, photo (JPEG, PNG, TIFF) or text. At most { $size } per file, and { $count } files at once.
documents-together = Put the photos together in one document
documents-together-hint = Each JPEG photo becomes a page of a PDF, in the order in which you choose them.
documents-pages-title = Photographed pages
documents-pages-help = Your photos are made smaller before they are sent, and no longer say where they were taken.
documents-photograph = Photograph a page
documents-page-of = Page {"{n}"} of {"{of}"}
documents-page-button = {"{do}"}, page {"{n}"}
documents-page-up = Earlier
documents-page-down = Later
documents-page-turn = Turn
documents-page-grey = Black and white
documents-page-remove = Delete
documents-page-crop = Crop
documents-page-crop-top = Top edge
documents-page-crop-right = Right edge
documents-page-crop-bottom = Bottom edge
documents-page-crop-left = Left edge
documents-page-added = Page {"{n}"} added.
documents-page-moved = It is now page {"{n}"} of {"{of}"}.
documents-page-stays = Page {"{n}"} cannot go further.
documents-page-turned = Page {"{n}"} turned a quarter to the right.
documents-page-greyed = Page {"{n}"} in black and white.
documents-page-coloured = Page {"{n}"} in colour.
documents-page-cropped = Page {"{n}"} cropped.
documents-page-removed = Page {"{n}"} deleted, {"{of}"} left.
documents-page-unread = Your browser cannot open this image: it will be sent as it is.
documents-page-lighter = The pages are made lighter so that they fit in one document.
documents-page-not-jpeg = only JPEG photos can be put together in a document. Save it as JPEG, or untick “Put the photos together”.
documents-page-damaged = this photo is damaged, incomplete or too large. Take it again, then choose all the pages again.
documents-field-category = Category
documents-category-choose = Choose
documents-field-title = Title
documents-field-title-hint = 100 characters at most. Without a title, we will use the name of the file.
documents-field-date = Date of the document
documents-field-date-hint = The one written on it. Without a date, it will be today’s.
documents-field-visibility = Who can read it?
documents-visible = Me and the professionals I authorise
documents-visible-hint = Useful for your care.
documents-masked = Only me
documents-masked-hint = Hidden from professionals; you can change your mind.
documents-added = { $count ->
    [one] Your document has been added.
   *[other] Your { $count } documents have been added.
 }
documents-colon = :
documents-choose-again = Correct the fields below, then choose your files again: your browser does not keep them. Nothing has been added yet.
documents-refused-title = { $count ->
    [one] A file was not added
   *[other] { $count } files were not added
 }
documents-file-missing = Choose at least one file to add.
documents-file-too-many = Choose at most { $count } files, and add the others afterwards.
documents-file-refused = Replace the refused files, then choose them again: see the reason for each.
documents-category-missing = Choose the category of your documents.
documents-visibility-missing = Choose who can read your documents.
documents-title-too-long = Shorten the title: 100 characters at most.
documents-title-control = The title contains an invisible character. Clear it and type the title again.
documents-date-bad = Enter a date that exists, for example 12/03/2026.
documents-date-future = The date of the document cannot be in the future. Enter today’s or an earlier one.
documents-already = already in your documents, under the title “{ $title }”.
documents-already-open = Open this document
documents-added-said = We took the titles and dates written in the files: please check them.
documents-check-title = Check what the file says
documents-check-lead = The document is kept. This is what we read inside: correct what is not right.
documents-check-save = This is right
documents-check-later = Later
documents-unfit-empty = this file is empty. Check it and choose it again.
documents-unfit-too-large = this file is over { $size }. Make the photo smaller, or scan in “document” quality.
documents-unfit-active = this is a web page or a script. Open it and print it as a PDF, then add that PDF.
documents-unfit-program = this is a program, not a document. Choose a PDF, a photo or a text.
documents-unfit-archive = this is an archive. Open it and add the documents inside.
documents-unfit-office = this is an office file. Save it as a PDF, then add that PDF.
documents-unfit-image = this image format cannot be read everywhere. Save the photo as JPEG (on iPhone: Settings, Camera, Formats, “Most Compatible”).
documents-unfit-locked = this PDF is protected by a password. Open it, save a copy without protection (for example with “Print”, then “PDF”), and add that copy.
documents-unfit-cda = this health document (XML) is damaged or incomplete. Ask for it again, or add its PDF version.
documents-unfit-unknown = this kind of file is not accepted. Save it as PDF, JPEG or text (UTF-8).
documents-unfit-infected = this file contains a virus and was not kept. Do not open it; ask whoever gave it to you for another copy.
documents-unfit-too-many = Many documents were added within a day already. Come back tomorrow.
documents-unfit-unexamined = this file could not be checked for viruses. Add it again in a few minutes.

# Results of laboratories
results-title = Test results
results-lead = All your tests, with the latest result of each.
results-link = Tests
results-heading = The results
results-report = The whole report
results-count = { $count ->
    [one] { $count } result.
   *[other] { $count } results.
 }
results-out = { $count ->
    [one] { $count } needs a look.
   *[other] { $count } need a look.
 }
results-analyses = { $count ->
    [one] { $count } test.
   *[other] { $count } tests.
 }
results-last-out = { $count ->
    [one] For { $count } of them, the latest result needs a look.
   *[other] For { $count } of them, the latest result needs a look.
 }
results-caption = Latest result of each test
results-all = All results
results-column-name = Test
results-column-value = Result
results-column-range = Reference values
results-column-judged = Mark
results-column-last = Latest result
results-column-previous = Result before
results-column-count = Results
results-column-date = Date
results-column-source = Source
results-none = not given
results-no-range = not given
results-specimen = Examined: { $specimen }.
results-normal = Within the reference values
results-low = Low
results-very-low = Very low
results-high = High
results-very-high = Very high
results-abnormal = Unusual
results-resistant = Resistant
results-intermediate = Intermediate sensitivity
results-sensitive = Sensitive
results-positive = Positive
results-negative = Negative
results-care = A result outside the reference values is not always a sign of disease. Talk about it with your doctor.
results-care-trend = Methods and reference values may differ from one laboratory to another. Talk about changes with your doctor.
results-empty-title = No results yet
results-empty-text = Results of laboratory reports will appear here, test by test.
results-legend-band = Reference values of the latest report
results-legend-out = Result that needs a look
results-converted = Results given in another unit are converted to { $unit }; the original result is written below.
results-original = Given as: { $value }
results-repeated = Repeated in a later report
results-source = Report
results-download = Download the table (CSV)
results-chart-count = { $count ->
    [one] { $count } result.
   *[other] { $count } results.
 }
results-chart-moved = First: { $first }. Latest: { $last }.
results-csv-date = date
results-csv-analysis = test
results-csv-value = result
results-csv-unit = unit
results-csv-original = original result
results-csv-range = reference values
results-csv-judged = mark
results-csv-source = source
results-hand-title = Copy results
results-hand-link = Copy results from paper
results-hand-lead = Have a report on paper? Copy the results that matter to you: they join your charts, marked “Added by you”.
results-hand-day = Date of the sample
results-hand-laboratory = Laboratory
results-hand-row = Result { $number }
results-hand-choose = Choose
results-hand-other = Another test
results-hand-other-name = Name of the test, if it is not in the list
results-hand-unit-label = Unit, as on paper
results-hand-from = Reference values: from
results-hand-to = Reference values: to
results-hand-keep = Add
results-hand-done = { $count ->
    [one] Your result is added.
   *[other] Your { $count } results are added.
 }
results-hand-date = Enter the date of the sample, for example 12/03/2026.
results-hand-long = This text is too long: shorten it.
results-hand-none = Copy at least one result.
results-hand-analysis = Choose the test of this result.
results-hand-name = Write the name of the test.
results-hand-value = Copy the result.
results-hand-unit = Copy the unit, for example g/L or mmol/L.
results-hand-number = Write a number, for example 0.70.
results-hand-crossed = The second value must be larger than the first.

# Order, filters, folders, several at once
documents-which-new = New since my last visit
documents-which-pinned = Pinned
documents-which-figures = With results in figures
documents-order = Sort
documents-order-newest = Newest first
documents-order-oldest = Oldest first
documents-order-title = By title, A to Z
documents-order-title-back = By title, Z to A
documents-order-author = By author
documents-order-category = By category
documents-filter-author = Author
documents-filter-place = Establishment
documents-filter-any = All
documents-filter-from = From
documents-filter-to = To
documents-noted-category = A category
documents-noted-author = An author
documents-noted-place = An establishment
documents-noted-period = A period
documents-noted-folder = A folder
documents-pinned = Pinned
documents-author-none = Without author
documents-new-count = { $count ->
    [one] { $count } new document
   *[other] { $count } new documents
 }
documents-new-since = Since your last visit.
documents-tag-pinned = Pinned
documents-pin = Pin
documents-unpin = Unpin
documents-pinned-done = The document is pinned: it comes first in your list.
documents-unpinned-done = The document is no longer pinned.
documents-folder = Folder
documents-folders = Folders
documents-folders-lead = File your documents as you like. Professionals do not see your folders.
documents-folders-change = Change a folder
documents-folder-all = All
documents-folder-nowhere = None
documents-file = File
documents-filed-done = The document is filed.
documents-unfiled-done = The document is no longer in a folder.
documents-folder-count = { $count ->
    [0] empty
    [one] { $count } document
   *[other] { $count } documents
 }
documents-folder-new = New folder
documents-folder-name = Name of the folder
documents-folder-name-hint = 60 characters at most.
documents-folder-make = Create
documents-folder-made = The folder is created.
documents-folder-rename = Rename a folder
documents-folder-rename-short = Rename
documents-folder-renamed = The folder is renamed.
documents-folder-remove = Delete
documents-folder-question = Delete the folder “{ $name }”?
documents-folder-consequence = Only the folder disappears: the documents in it stay in your list.
documents-folder-removed = The folder is deleted. Its documents stay in your list.
documents-folder-empty = Give the folder a name.
documents-folder-long = Shorten the name: 60 characters at most.
documents-folder-control = The name holds an invisible character. Clear it and type the name.
documents-folder-taken = You already have a folder of that name. Choose another.
documents-folder-many = You have 200 folders, the most there can be. Delete one first.
documents-folder-none-title = This folder is empty
documents-folder-none-text = Open a document, or choose several, then file them here.
documents-choose = Choose
documents-choose-help = Tick documents, then say below what to do with them.
documents-choose-end = Stop choosing
documents-bulk-heading = With the ticked documents
documents-bulk-title = What was done
documents-bulk-back = Back to the list
documents-bulk-none = No document is ticked. Go back and tick at least one.
documents-bulk-many = Choose { $count } documents at most at a time.
documents-bulk-what = Choose what to do with the ticked documents.
documents-bulk-hidden = { $count ->
    [one] { $count } document is hidden from professionals.
   *[other] { $count } documents are hidden from professionals.
 }
documents-bulk-shown = { $count ->
    [one] { $count } document is visible to allowed professionals.
   *[other] { $count } documents are visible to allowed professionals.
 }
documents-bulk-pinned = { $count ->
    [one] { $count } document is pinned.
   *[other] { $count } documents are pinned.
 }
documents-bulk-unpinned = { $count ->
    [one] { $count } document is no longer pinned.
   *[other] { $count } documents are no longer pinned.
 }
documents-bulk-filed = { $count ->
    [one] { $count } document is filed.
   *[other] { $count } documents are filed.
 }
documents-bulk-deleted = { $count ->
    [one] { $count } document is deleted.
   *[other] { $count } documents are deleted.
 }
documents-bulk-left = { $count ->
    [one] { $count } document stays as it was
   *[other] { $count } documents stay as they were
 }
documents-bulk-why-gone = this document is no longer there.
documents-bulk-why-no = you cannot do that with this document.
documents-bulk-question = { $count ->
    [0] None of these documents can be deleted
    [one] Delete { $count } document?
   *[other] Delete { $count } documents?
 }
documents-bulk-more = { $count ->
    [one] And { $count } more.
   *[other] And { $count } more.
 }
documents-bulk-others = { $count ->
    [one] { $count } ticked document will stay: you can delete only those that you added.
   *[other] { $count } ticked documents will stay: you can delete only those that you added.
 }
documents-bulk-consequence = The deleted documents and their files will be erased for everyone. This cannot be undone: keep a copy if you need one.
documents-copies = Also received another time

# Search
search-title = Search the documents
search-link = Search
search-lead = A word of the title, the text, a test, an author, a place, a month.
search-label = What are you looking for?
search-go = Search
search-nothing-typed = Type at least one word to search for.
search-found = { $count ->
    [one] { $count } document found.
   *[other] { $count } documents found.
 }
search-partly = None has all the words: here are those that have most of them.
search-slipped = A word was found with one letter changed.
search-none-title = No document found
search-none-text = Try a shorter word, or another one.
search-unread = { $count ->
    [one] The text of { $count } document is not read yet: it is searched by its title, author and date.
   *[other] The text of { $count } documents is not read yet: they are searched by their title, author and date.
 }

# Saying what a document is
documents-describe-title = Change the title, date or category
documents-describe-type-title = Choose its type
documents-describe-type-other = Change the chosen type
documents-describe-type-lead = Carnet does not know the type stated by whoever filed it. Once the right type is chosen, allowed professionals can read it.
documents-describe-type = Type of the document
documents-describe-type-hint = The one most like what stands at the top of the document. You can change it later.
documents-describe-type-missing = Choose a type in the list.
documents-describe-title-missing = Give the document a title.
documents-describe-save = Save
documents-describe-done = Saved.

# Who may read a document
documents-visibility-some = Visible to some allowed professionals only
documents-tag-some = Visible to some only
documents-readers-title = Choose who can read it
documents-readers-lead = Among the professionals that you allow, choose who can read this document.
documents-readers-who = Who can read it?
documents-readers-all = All professionals that I allow
documents-readers-except = All but those that I choose
documents-readers-only = Only those that I choose
documents-readers-none = No professional: it is hidden
documents-readers-which = Those that I choose
documents-readers-which-hint = Tick professionals, or choose a speciality.
documents-readers-specialty = A speciality
documents-readers-specialty-none = None
documents-readers-relatives = Hide it from my legal representatives too
documents-readers-relatives-hint = They will not know that this document exists.
documents-readers-missing = Tick at least one professional, or choose a speciality.
documents-readers-done = Your choice is saved.
documents-readers-limits = What should I know?
documents-readers-limits-text = Whoever filed the document keeps access to it. In an emergency a hidden or restricted document can be read only if your settings allow it. A blocked professional reads nothing.
documents-everything-link = Visibility
documents-everything-title = Hide or show together
documents-everything-lead = For all your documents at once, or for a topic, and for those to come.
documents-everything-shown = Visible
documents-everything-hidden = Hidden
documents-everything-next = Those to come
documents-everything-next-hidden = will be hidden
documents-everything-next-shown = will be visible
documents-count-of = { $count ->
    [0] no document
    [one] { $count } document
   *[other] { $count } documents
 }
documents-hide-all = Hide all
documents-hide-all-question = Hide all your documents?
documents-hide-all-consequence = The professionals that you allow will no longer read any of your documents, nor those to come. Those who filed them keep access to them. You can change your mind.
documents-hide-all-done = All your documents are hidden, and those to come will be.
documents-show-all = Make all visible
documents-show-all-question = Make all your documents visible?
documents-show-all-consequence = The professionals that you allow will be able to read all your documents, and those to come, even those that you hid one by one. Documents restricted to some professionals stay so.
documents-show-all-done = All your documents are visible, and those to come will be.
documents-topics = By topic
documents-topics-lead = One tap hides all the documents of a topic, and those to come.
documents-topics-limits = Carnet recognises a topic by the type of the document alone: a letter or report of another type may speak of it too. Look through those that you leave visible.
documents-topic-count = { $count ->
    [0] no document
    [one] { $count } document
   *[other] { $count } documents
 }{ $hidden ->
    [0] {""}
   *[other] , of which { $hidden } hidden
 }
documents-topic-on = Those to come will be hidden
documents-topic-hide = Hide
documents-topic-show = Make visible
documents-topic-hidden-done = The documents of this topic are hidden, and those to come will be.
documents-topic-shown-done = The documents of this topic are visible, and those to come will be.
documents-which-archived = Archived by their author

# A document that is gone
documents-gone-withdrawn = This document was withdrawn
documents-gone-deleted = This document was deleted
documents-gone-deleted-text = You added it, then deleted it from your space. Only its trace remains in your history.
documents-gone-when = Its author withdrew it { $when }.
documents-gone-when-by = { $by } withdrew it { $when }.
documents-gone-withdrawn-text = Whoever files a document can withdraw it, for instance if it held an error. Nobody can read it any more. To know more, ask them: only they know why.
documents-gone-history = See the history

# Summary

summary-allergies = Allergies
summary-allergies-none = No allergy is stated in structured documents. Ask the person.
summary-allergies-past = Past ({ $count })
summary-problems = Health problems
summary-problems-none = No problem is stated in structured documents.
summary-problems-past = History ({ $count })
summary-treatments = Treatments
summary-treatments-none = No treatment is stated in structured documents.
summary-treatments-past = Ended or old ({ $count })
summary-vaccinations = Vaccinations
summary-vaccinations-none = No vaccination is stated in structured documents.
summary-vaccinations-past = Older ({ $count })
summary-negated = Stated as absent: { $what }
summary-batch = batch { $batch }
summary-more = { $count ->
    [one] And { $count } more, in these documents.
   *[other] And { $count } more, in these documents.
}
summary-read = { $count ->
    [0] No structured document to read. The documents below may say more.
    [one] Read in { $count } structured document, among those that you may see. Other documents may say more.
   *[other] Read in the { $count } most recent structured documents, among those that you may see. Other documents may say more.
}
summary-unread = { $count ->
    [one] { $count } document could not be read.
   *[other] { $count } documents could not be read.
}
summary-results = Last results
summary-results-none = No analysis results as data.
summary-results-trend = Change
summary-results-more = { $count ->
    [one] And { $count } more analysis
   *[other] And { $count } more analyses
}
summary-trend-up = rising
summary-trend-down = falling
summary-trend-steady = steady
summary-before = before: { $what }
documents-share-once = Share once

# Reporting a document
documents-report-link = Report a problem
documents-report-title = Report a problem
documents-report-named = Document: { $title }
documents-report-what = What is wrong?
documents-report-missing = Choose what is wrong.
documents-report-not-mine = This document is not mine
documents-report-not-mine-text = The document leaves your space at once: neither you nor any professional can read it there any more. It goes back to whoever deposited it, who will find out whose it is. Professionals who had opened it are told that a document was removed.
documents-report-send = Report
documents-report-erreur = It contains an error
documents-report-illisible = It cannot be read
documents-report-autre-personne = It is not this patient’s
documents-report-words = Say a little more
documents-report-words-hint = For an error or a document that cannot be read: a few words, read by whoever deposited it. The document stays in your space.
documents-report-words-long = That is too long: 500 characters at most.
documents-report-taken = This document is reported already, or ten of your reports wait for an answer. Wait for one before you send another.
documents-report-done = Thank you. Whoever deposited the document is told. You will follow the answer here.
documents-reported-error = You reported an error in this document ({ $when })
documents-reported-unreadable = You reported that this document cannot be read ({ $when })
documents-reported-other = You reported that this document is not this patient’s ({ $when })
documents-reported-error-by = { $name } reports an error in this document ({ $when })
documents-reported-unreadable-by = { $name } reports that this document cannot be read ({ $when })
documents-reported-other-by = { $name } thinks that this document is not yours ({ $when })
documents-reported-asks = Look at it: is it yours? Until somebody answers it stays here, with a warning for professionals who open it.
documents-reported-theirs-button = It is mine
documents-reported-theirs-done = Thank you. The document stays in your space, and the warning is gone.
documents-reported-theirs = The person answered that this document is theirs ({ $when }).
documents-reported-ended-other = Nobody answered.
documents-reported-words = “{ $words }”
documents-reported-sent = Sent to whoever deposited the document. No answer yet.
documents-reported-seen = Seen ({ $when }) by whoever deposited the document. No answer yet.
documents-reported-corrected = Corrected or replaced ({ $when }) by whoever deposited the document.
documents-reported-refused = Whoever deposited the document leaves it as it is. Their answer ({ $when }):
documents-reported-ended = Nobody answered. You may report the document again, or speak of it with whoever made it.
documents-reported-author-error = The person reports an error in this document ({ $when })
documents-reported-author-unreadable = The person cannot read this document ({ $when })
documents-reported-author-other = The person reports that this document is not theirs ({ $when })
documents-reported-author-error-by = A professional ({ $profession }) reports an error in this document ({ $when })
documents-reported-author-unreadable-by = A professional ({ $profession }) cannot read this document ({ $when })
documents-reported-author-other-by = A professional ({ $profession }) reports that this document is not this patient’s ({ $when })
documents-disowned-done = Thank you. The document is removed from your space.
documents-gone-astray = This document is no longer in your space
documents-gone-reported = It was reported as not yours and removed { $when }.
documents-gone-recalled = Whoever had deposited it called it back { $when }: it should not have been filed here.
documents-gone-astray-text = It went back to whoever had deposited it. Nothing of what it said remains in your space. Professionals who had opened it are told that a document was removed.

# Advance directives
directives-title = Advance directives
directives-lead = What you want, or do not want, if one day you can no longer say it yourself.
directives-state = Where they stand
directives-revoked-on = Revoked on { $day }: they hold no longer
directives-confirmed-on = Confirmed on { $day }
directives-minor-title = From 18 on
directives-minor-text = The law keeps advance directives for adults. Before 18, talk about what you wish with your parents and the doctor: your opinion counts in what is decided about you.
directives-represents-title = You may read them, not write them
directives-represents-text = Only the person may write, change or revoke their advance directives, from their own account.
directives-protected-title = You have a guardian
directives-protected-text = You may write your advance directives with the leave of the judge or the family council. Your guardian may neither write them in your place, nor help you to write them.
directives-go-on = Go on with what you began
directives-typed-line = { $model }. Last changed on { $day }.
directives-drop = Throw this draft away
directives-drop-question = Throw this draft away?
directives-drop-consequence = The answers that you gave will be erased. The directives that you saved, if any, do not change.
directives-drop-done = The draft is thrown away.
directives-held = Your directives in force
directives-read = Read them
directives-fact-added = Saved on
directives-fact-confirmed = Confirmed on
directives-fact-reminder = Next reminder
directives-held-question = Do they still say what you want?
directives-confirm = Yes, I confirm them
directives-confirmed-done = Noted: your directives still hold. We will ask again in a year.
directives-revoke = Revoke them
directives-revoke-question = Revoke your advance directives?
directives-revoke-consequence = They will hold no longer, and no longer stand in the lists of professionals. You keep them in your history, on this page.
directives-revoke-others = If you gave a copy to a doctor, a hospital or a relative, tell them too.
directives-revoked-done = Your directives are revoked.
directives-revoked = Revoked
directives-replaced = Replaced
directives-change = Change them
directives-change-text = The new ones will take the place of these, which stay in your history.
directives-none-title = You have none yet
directives-none-text = Nothing obliges you. You can write them here, in a few pages, and stop whenever you like; or add a paper that you have already signed.
directives-none-here = There are no advance directives in this space.
directives-write = Write them here
directives-add = Add a signed paper
directives-others = Brought by others
directives-earlier = Those before
directives-what = What are they for?
directives-what-text = They guide doctors on the day when you can no longer speak for yourself. Doctors must follow them, except in an emergency that threatens life, for the time it takes to assess it, or if they plainly do not fit what has happened. They have no end: you may change or revoke them at any time.
directives-what-trust = Talk about them with your doctor and with your trusted person, if you named one: they will be asked first.
directives-who = Who may read them?
directives-who-text = Professionals whom you let in, according to their profession, as for your other documents; and a doctor in an emergency, if your settings allow it. Hidden, they may not be found when they are needed.
directives-end = What if I close my space?
directives-end-text = Nobody will be able to read them here any more. Give a copy to your doctor, your trusted person or a relative. Once a year we ask you whether they are still right; you set these reminders under “Notifications”.
directives-add-title = Add a signed paper
directives-add-lead = A paper written, dated and signed by your own hand: a photo or a PDF.
directives-add-button = Add
directives-field-file = Your paper
directives-field-date = Date of the signature
directives-one-file = Choose one file only: if your paper has several pages, put them into one PDF.
directives-replaces = Only one version holds at a time: if you had one already, this one takes its place.
directives-visible-hint = Those whom you let in can read them: that is what makes them useful.
directives-masked-hint = They stay in your space, but may not be found when they are needed.
directives-kept = Your directives are saved.
directives-written = Your directives are saved. Print them, sign them, then add the signed paper here.
directives-write-title = Write your directives
directives-write-lead = A few questions a page. You may skip any, stop, and go on later.
directives-model = Your situation
directives-model-missing = Choose the situation that is yours.
directives-model-bonne-sante = I have no serious illness
directives-model-bonne-sante-hint = You think of an accident or an illness that might come one day.
directives-model-maladie-grave = I have a serious illness, or I am at the end of life
directives-model-maladie-grave-hint = The questions are about the care that you receive or might receive.
directives-continue = Continue
directives-back = Back
directives-later = Save and finish later
directives-later-link = Finish later
directives-typed-kept = Saved. Go on whenever you like.
directives-words = In your own words – { $question }
directives-long = This text is too long: take out { $count ->
    [one] { $count } character.
   *[other] { $count } characters.
 }
directives-lacks = The sign “{ $character }” cannot be printed: take it out, or write it in another way.
directives-choice-bad = Choose one of the answers.
directives-choice-oui = I want it
directives-choice-non = I do not want it
directives-choice-confier = Let the doctors decide, with my trusted person or my family
directives-choice-rien = I say nothing about it
directives-choice-poursuivre = Go on with it
directives-choice-arreter = Stop it
directives-choice-aucune = I have no guardian
directives-choice-juge = I have a guardian and the judge’s leave
directives-choice-conseil = I have a guardian and the family council’s leave
directives-step-vous = You
directives-lead-vous = Your name and birth date will be written as they stand in your space.
directives-q-lieu = Place of birth
directives-h-lieu = For example: Brest (Finistère)
directives-q-tutelle = Do you have a guardian?
directives-h-tutelle = Under guardianship, the law asks for leave to write directives.
directives-q-confiance = Your trusted person
directives-h-confiance = Their name and how to reach them, if you named one.
directives-step-situation = When they would apply
directives-lead-situation = Think of what would make you say: “then, I would want no more”.
directives-q-contexte = In which situations do you want these directives to be followed?
directives-h-contexte = For example: coma without hope of return, consciousness lost for good, great dependence.
directives-q-important = What matters to you
directives-h-important = Your beliefs, your fears, what makes your life good.
directives-step-maladie = Your illness
directives-lead-maladie = What you know of your illness, and of what might happen.
directives-q-contexte-maladie = In which situations do you want these directives to be followed?
directives-h-contexte-maladie = For example: if the illness goes on, if I am no longer conscious, in my last days.
directives-step-maintien = Being kept alive
directives-lead-maintien = When care does no more than prolong life.
directives-q-maintien = Being kept alive artificially
directives-h-maintien = If the brain is damaged for good and you can no longer communicate.
directives-q-sedation = Being put to sleep until the end
directives-h-sedation = If what keeps one alive is stopped: a deep and continuous sleep, with what it takes not to suffer.
directives-step-soins = Care
directives-lead-soins = What doctors might undertake.
directives-q-soins-coeur = Being resuscitated if the heart or breathing stops
directives-h-soins-coeur = Cardiac massage, help with breathing.
directives-q-soins-machines = Being connected to a machine
directives-h-soins-machines = To breathe, in place of the kidneys, to be fed or hydrated.
directives-q-soins-operation = Being operated on
directives-h-soins-operation = A surgical operation.
directives-q-soins-autre = Other care
directives-h-soins-autre = What you want or do not want, apart from that.
directives-step-commencer = Care to begin
directives-lead-commencer = What doctors might undertake for you.
directives-q-commencer-coeur = Being resuscitated if the heart or breathing stops
directives-h-commencer-coeur = Cardiac massage, help with breathing.
directives-q-commencer-machines = Being connected to a machine
directives-h-commencer-machines = To breathe, in place of the kidneys, to be fed or hydrated.
directives-q-commencer-operation = Being operated on
directives-h-commencer-operation = A surgical operation.
directives-q-commencer-autre = Other care to begin or not to begin
directives-h-commencer-autre = What you want or do not want, apart from that.
directives-step-arreter = Care already begun
directives-lead-arreter = What doctors would be doing already, and might go on with or stop.
directives-q-arreter-coeur = Help for the heart or breathing, if it has begun
directives-h-arreter-coeur = What was put in place after they stopped.
directives-q-arreter-machines = The machine to which you would be connected
directives-h-arreter-machines = To breathe, in place of the kidneys, to be fed or hydrated.
directives-q-arreter-operation = Planned operations
directives-h-arreter-operation = A series of operations that has begun.
directives-q-arreter-autre = Other care to go on with or to stop
directives-h-arreter-autre = A treatment, some help, an examination.
directives-step-particulier = What is particular to your illness
directives-lead-particulier = Care that your doctor told you about. You may skip all of it.
directives-q-particulier-coeur = For the heart and breathing
directives-h-particulier-coeur = For example: a tracheotomy, a defibrillator.
directives-q-particulier-machines = For machines
directives-h-particulier-machines = For example: dialysis, a tube.
directives-q-particulier-operation = For operations
directives-h-particulier-operation = For example: an amputation, a stoma.
directives-q-particulier-autre = For the rest
directives-h-particulier-autre = For example: chemotherapy, a transfusion.
directives-step-relire = Read again and save
directives-review-lead = This is what you wrote. We will make a PDF of it, which you can print and sign.
directives-review-nothing = You said nothing here.
directives-review-change = Change “{ $step }”
directives-review-sign = The law asks for a dated and signed paper. Once the PDF is printed and signed, add it here: it will take the place of this one.
directives-review-button = Save my directives
directives-says-nothing = Say at least one thing that you want or do not want, then save.
directives-paper-bonne-sante = Written by a person who has no serious illness.
directives-paper-maladie-grave = Written by a person with a serious illness or at the end of life.
directives-paper-name = Name and given names:
directives-paper-born = Birth date:
directives-paper-day = Written on:
directives-paper-silent = What I say nothing about
directives-paper-signature = Signature
directives-paper-law = These directives have no end. I may change or revoke them at any time.
directives-paper-done = Done at, on:
directives-paper-sign = Signature:
directives-paper-witnesses = If I can neither write nor sign
directives-paper-witnesses-text = Two witnesses, one of them my trusted person if I named one, attest that these lines say my free and informed will.
directives-paper-witness-one = First witness, name, capacity and signature:
directives-paper-witness-two = Second witness, name, capacity and signature:
directives-manage = Your directives: confirm, change or revoke them, see those before
documents-own = Written by you, for you
documents-fills = This document fills your measures
documents-fills-choice = Change this choice

# Images that are elsewhere
documents-unfit-dicom = the images of a scanner stay where they were made. Add the report, or ask the place to deposit the reference of the examination.
imaging-fact-date = Date of the examination
imaging-fact-made = Technique
imaging-fact-region = Part of the body
imaging-fact-title = Examination
imaging-fact-act = Act
imaging-fact-place = Made at
imaging-fact-number = Number of the examination
imaging-fact-images = Images
imaging-elsewhere-title = The images are where they were made
imaging-elsewhere-text = This document says which examination was made, and where. The images are not in Carnet: the imaging department can show them to you, or give you access to its site. The number of the examination helps to find them.
imaging-study = Imaging examination
imaging-see = See the images
imaging-see-hint = This link leaves Carnet for { $host }. You may be asked there who you are.
imaging-series = Series of images
imaging-series-name = Series
imaging-series-number = Series { $number }
imaging-CR = Radiography
imaging-CT = CT scan
imaging-DX = Radiography
imaging-ES = Endoscopy
imaging-IO = Dental radiography
imaging-MG = Mammography
imaging-MR = MRI
imaging-NM = Scintigraphy
imaging-OP = Photograph of the eye
imaging-OPT = OCT of the eye
imaging-PT = PET
imaging-RF = Fluoroscopy
imaging-SR = Measurements
imaging-US = Ultrasound
imaging-XA = Angiography
imaging-XC = Photograph

# Sick-leave notices
sick-leave-title = Your sick-leave notice is to be sent
sick-leave-left = You have { $count ->
    [one] { $count } day
   *[other] { $count } days
 } left: until { $day } included.
sick-leave-today = Today is the last day to send it.
sick-leave-late = The 48 hours are over: send it without delay, and say so if something kept you from it.
sick-leave-fund = To your health insurance fund: the first two parts, if the doctor did not send them online.
sick-leave-employer = To your employer, or to France Travail if you are looking for work: the third part, which does not say why you are off work.
sick-leave-yours = Never give an employer the part that says the medical reason. Carnet sends nothing to an employer: download the document and send it yourself.
sick-leave-file = Put my notices in a folder of their own
sick-leave-folder = Sick-leave notices
sick-leave-filed = Your sick-leave notices are together.

# One's own papers
papers-title = Administrative papers
papers-lead = Certificates, insurance card, identity paper… What you add here is hidden from professionals, unless you choose to show it to them.
papers-add = Add a paper
papers-none-title = No paper yet
papers-none-text = Take a picture of your insurance card or of a certificate: you will always have it with you.

# Files received from another application
documents-received-title =
    { $count ->
        [one] A file waits for your agreement
       *[other] { $count } files wait for your agreement
    }
documents-received-text = This comes from another application of your device. Nothing is in your record yet: say what it is, then add. Without an answer from you, all of it is destroyed in an hour.
documents-received-drop = Do not keep
documents-received-dropped = The files received are destroyed. Nothing was added.
documents-received-gone = The files received are not there any more: they were added, dropped, or destroyed after an hour. Share them again, or choose them here.
documents-received-out-title = Sign in first
documents-received-out-text = Nobody is signed in to Carnet on this device. What you shared was not kept. Sign in to your space, then share again from the other application.
documents-received-out-link = Sign in
