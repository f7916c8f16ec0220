# Taking everything away
take-away-title = Take everything away
take-away-lead = An archive of everything that you see here, to keep at home or to carry elsewhere.
take-away-making = Your archive is being made
take-away-percent = { $percent }% are ready.
take-away-wait = You may leave this page: you will be told when it is ready.
take-away-refresh = Refresh
take-away-failed = The archive could not be made
take-away-failed-text = Nothing is lost. Ask for it again; if that happens again, write to the operator.
take-away-ready = Your archive is ready
take-away-fact-count = Content
take-away-count = { $count ->
    [0] no document
    [one] { $count } document
   *[other] { $count } documents
 }
take-away-fact-size = Size
take-away-fact-until = To download before
take-away-fetch = Download the archive (ZIP)
take-away-what = What it holds
take-away-what-originals = All your documents, as they were received.
take-away-what-pages = Pages to read without Carnet: open “INDEX.HTM”. They sort your documents by date and by category.
take-away-what-software = The same for care software: IHE XDM folder, FHIR data, laboratory results.
take-away-not = It holds only what you can see in this space, at the moment when it is made.
take-away-ask = Make the archive
take-away-again = Make a new archive
take-away-care-title = Keep it in a safe place
take-away-care = The archive is not encrypted once you have it: whoever has the file can read everything. No insurer, no bank, no employer may ask you for it.

# The archive
archive-title = Record of { $name }
archive-made = Archive made on { $when } by { $origin }.
archive-count = { $count ->
    [0] It holds no document.
    [one] It holds { $count } document.
   *[other] It holds { $count } documents.
 }
archive-care = For care only: no insurer, no bank, no employer.
archive-by-date = By date
archive-by-category = By category
archive-original = original
archive-brought = brought by the person
archive-other = Other documents
archive-back = Back to the index
archive-readme = This is the archive of a health record, made by Carnet.

    Open INDEX.HTM in a browser: all documents are there, by date and by category.

    IHE_XDM/   the documents, and their description for care software (IHE XDM profile)
    LECTURE/   clinical documents as pages
    FHIR/      the same data as HL7 FHIR R4
    CARNET/    what the archive holds, signed by the installation that made it

    For care only: no insurer, no bank, no employer.

# Bringing an archive back
bring-title = Bring an archive back
bring-lead = An archive made by “Take everything away”, here or in another Carnet, fills a space that is still empty.
bring-file = Archive (ZIP)
bring-hint = The file carnet.zip, as it was downloaded. { $size } at most.
bring-button = Bring back
bring-full = This space holds documents already
bring-full-text = An archive is only brought back into an empty space, so that nothing gets mixed. You can add its documents one by one.
bring-add = Add documents
bring-missing = Choose the file of the archive.
bring-large = The archive is larger than { $size }. Ask the operator to take it over, or add its documents one by one.
bring-unfit-no-zip = This file is no ZIP archive, or it is damaged. Download it again.
bring-unfit-not-ours = This is no archive made by Carnet: it does not say what it holds. Add its documents one by one.
bring-unfit-repacked = This archive was compressed or encrypted again. Bring it back as Carnet made it.
bring-unfit-names = This archive holds file names that are not allowed. Nothing was added.
bring-unfit-sizes = This archive lies about the size of its files. Nothing was added.
bring-unfit-altered = A document of the archive is missing, or was changed since it was made. Nothing was added; download it again.
bring-unfit-too-many = This archive holds too many files. Nothing was added.
bring-added = { $count ->
    [0] No document is added
    [one] { $count } document is added
   *[other] { $count } documents are added
 }
bring-yours = They are called “brought by you”: nothing proves here who their author is.
bring-vouched = The archive is signed by an installation that is trusted: each document keeps its author.
bring-already = { $count ->
    [one] { $count } document was there already.
   *[other] { $count } documents were there already.
 }
bring-measures = { $count ->
    [one] { $count } measure is added too, called “brought by you”.
   *[other] { $count } measures are added too, called “brought by you”.
 }
bring-measures-already = { $count ->
    [one] { $count } measure was there already.
   *[other] { $count } measures were there already.
 }
bring-measures-refused = { $count ->
    [one] { $count } measure is not added: its value or its date is not possible.
   *[other] { $count } measures are not added: their value or their date is not possible.
 }
bring-refused = { $count ->
    [one] { $count } document is not added
   *[other] { $count } documents are not added
 }
